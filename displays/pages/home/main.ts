/** Start the list of screens: `/`. */

import { createApp } from 'vue'

import { startLook } from '@web/look'
import { startLanguage } from '@web/words'

import '@web/theme.css'
import HomePage from './HomePage.vue'

startLanguage()
startLook()
createApp(HomePage).mount('#page')
