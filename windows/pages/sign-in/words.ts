/** What the sign-in page says. */

import { COMMON } from '@web/refusal'
import { wordsOf, type Book } from '@web/words'

import { STAFF } from '../shared/words'

const SIGN_IN: Book = {
  zh: {
    title: '工作人员登录',
    product: '一号 · 政务大厅',
    account: '账号',
    password: '密码',
    'password.show': '显示密码',
    'sign-in': '登录',
    'signing-in': '正在登录…',
    'missing.title': '还差一点',
    'missing.account': '请输入账号。',
    'missing.password': '请输入密码。',
    'wrong.title': '没有登录',
    'wrong.both': '账号或密码不对。请核对大小写，再试一次；忘记密码请找大厅管理员。',
    'wrong.too-many': '试得太多次了，请等一分钟再试。',
    already: '您已登录：{name}',
    'go-on': '继续工作',
  },
  en: {
    title: 'Staff sign-in',
    product: 'Yihao · service hall',
    account: 'Account',
    password: 'Password',
    'password.show': 'Show the password',
    'sign-in': 'Sign in',
    'signing-in': 'Signing in…',
    'missing.title': 'Something is missing',
    'missing.account': 'Enter your account.',
    'missing.password': 'Enter your password.',
    'wrong.title': 'You are not signed in',
    'wrong.both':
      'Account or password is wrong. Check upper and lower case and try again; if you forgot it, ask the hall manager.',
    'wrong.too-many': 'Too many attempts; wait a minute and try again.',
    already: 'You are signed in: {name}',
    'go-on': 'Go on working',
  },
}

export const words = wordsOf(SIGN_IN, STAFF, COMMON)
