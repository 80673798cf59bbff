import { createApp } from 'vue'

import '@web/theme.css'
import '../shared/staff.css'

import { startStaffPage } from '../shared/look'
import AccountPage from './AccountPage.vue'

startStaffPage()
createApp(AccountPage).mount('#app')
