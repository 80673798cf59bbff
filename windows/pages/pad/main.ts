/** Start the evaluation pad at a window: `/pad/<hall>/<window>#token=…`. */

import { createApp } from 'vue'

import { fitScreen, startLook } from '@web/look'
import { startLanguage } from '@web/words'

import '@web/theme.css'
import PadPage from './PadPage.vue'

startLanguage('zh')
startLook('light')
fitScreen([1280, 800], [800, 1280])
createApp(PadPage).mount('#app')
