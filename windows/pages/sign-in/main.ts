import { createApp } from 'vue'

import '@web/theme.css'
import '../shared/staff.css'

import { startStaffPage } from '../shared/look'
import SignInPage from './SignInPage.vue'

startStaffPage()
createApp(SignInPage).mount('#app')
