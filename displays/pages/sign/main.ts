/** Start the sign above a window: `/sign/<hall>/<window>?theme=light&lang=en`. */

import { createApp } from 'vue'

import { fitScreen, startLook } from '@web/look'
import { startLanguage } from '@web/words'

import '@web/theme.css'
import Sign from './Sign.vue'

startLanguage('zh')
startLook('dark')
fitScreen([1920, 760], [1080, 1300])
createApp(Sign).mount('#page')
