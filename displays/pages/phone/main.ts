/** Start the phone: `/phone/<hall>` takes a number, `/t/<ticket>#<secret>` follows it. */

import { createApp } from 'vue'

import { startLook } from '@web/look'
import { startLanguage } from '@web/words'

import '@web/theme.css'
import './phone.css'
import FollowPage from './FollowPage.vue'
import TakePage from './TakePage.vue'

startLanguage(navigator.language, true)
startLook()
createApp(location.pathname.startsWith('/t/') ? FollowPage : TakePage).mount('#page')
