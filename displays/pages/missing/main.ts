/** Start what stands at every address where nothing is. */

import { createApp } from 'vue'

import { startLook } from '@web/look'
import { startLanguage } from '@web/words'

import '@web/theme.css'
import MissingPage from './MissingPage.vue'

startLanguage()
startLook()
createApp(MissingPage).mount('#page')
