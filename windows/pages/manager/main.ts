import { createApp } from 'vue'

import '@web/theme.css'
import '../shared/staff.css'

import { startStaffPage } from '../shared/look'
import ManagerPage from './ManagerPage.vue'

startStaffPage()
createApp(ManagerPage).mount('#app')
