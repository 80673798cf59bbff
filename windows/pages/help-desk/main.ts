import { createApp } from 'vue'

import '@web/theme.css'
import '../shared/staff.css'
import './help-desk.css'

import { startStaffPage } from '../shared/look'
import HelpDeskPage from './HelpDeskPage.vue'

startStaffPage()
createApp(HelpDeskPage).mount('#app')
