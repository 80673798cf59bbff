/** Start a ticket machine: `/kiosk/<hall>#token=…` once, `/kiosk/<hall>` afterwards. */

import { createApp } from 'vue'

import { fitScreen, startLook } from '@web/look'
import { startLanguage } from '@web/words'

import '@web/theme.css'
import './kiosk.css'
import Kiosk from './Kiosk.vue'

startLanguage('zh')
startLook('light')
fitScreen()
createApp(Kiosk).mount('#page')
