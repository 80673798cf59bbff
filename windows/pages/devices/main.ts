import { createApp } from 'vue'

import '@web/theme.css'
import '../shared/staff.css'

import { startStaffPage } from '../shared/look'
import DevicesPage from './DevicesPage.vue'

startStaffPage()
createApp(DevicesPage).mount('#app')
