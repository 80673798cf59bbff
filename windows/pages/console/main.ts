import { createApp } from 'vue'

import '@web/theme.css'
import '../shared/staff.css'
import './console.css'

import { startStaffPage } from '../shared/look'
import ConsolePage from './ConsolePage.vue'

startStaffPage()
createApp(ConsolePage).mount('#app')
