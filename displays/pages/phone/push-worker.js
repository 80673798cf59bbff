/*
 * The part of the phone's page that wakes when the house writes: it shows what is said,
 * and a tap on it opens the ticket. It keeps nothing and fetches nothing.
 */
const LINES = {
  zh: {
    turn: (told) => [`请 ${told.number} 到 ${told.window} 号窗口`, '轮到您了'],
    near: (told) => [
      `${told.number} 快到了`,
      `前面还有 ${told.ahead} 人，请回到窗口附近`,
    ],
  },
  en: {
    turn: (told) => [
      `${told.number}: please go to window ${told.window}`,
      'It is your turn',
    ],
    near: (told) => [
      `${told.number} is nearly there`,
      `${told.ahead} ahead of you. Please come back to the windows`,
    ],
  },
}

self.addEventListener('push', (event) => {
  const told = event.data.json()
  const [title, body] = (LINES[told.language] || LINES.zh)[told.what](told)
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag: told.path.split('#')[0],
      renotify: true,
      requireInteraction: told.what === 'turn',
      vibrate: told.what === 'turn' ? [500, 250, 500, 250, 800] : [300, 150, 300],
      data: told.path,
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const path = event.notification.data
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then((pages) => {
      const open = pages.find(
        (page) => new URL(page.url).pathname === path.split('#')[0],
      )
      return open ? open.focus() : self.clients.openWindow(path)
    }),
  )
})
