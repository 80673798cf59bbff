/** Start the hall board: `/board/<hall>?zones=a,b&page=1/2&theme=light&lang=en`. */

import { createApp } from 'vue'

import { fitScreen, startLook } from '@web/look'
import { startLanguage } from '@web/words'

import '@web/theme.css'
import Board from './Board.vue'

startLanguage('zh')
startLook('dark')
fitScreen()
createApp(Board).mount('#page')
