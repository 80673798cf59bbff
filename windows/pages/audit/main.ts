import { createApp } from 'vue'

import '@web/theme.css'
import '../shared/staff.css'

import { startStaffPage } from '../shared/look'
import AuditPage from './AuditPage.vue'

startStaffPage()
createApp(AuditPage).mount('#app')
