/** A small hall for the tests of these pages. */

import type { Hall, Item } from '@web/answers'

export function aHall(): Hall {
  const label = (zh: string, en: string) => ({ zh, en })
  const skill = (queue: string, offset = 0) => ({
    queue,
    level: offset ? ('backup' as const) : ('primary' as const),
    offset_seconds: offset,
  })
  return {
    hall: 'city',
    name: label('示范市政务服务中心', 'Model City Service Hall'),
    date: '2026-11-20',
    state: 'open',
    timezone: 'Asia/Shanghai',
    clock: { now: 0, speed: 1, utc_offset_minutes: 480 },
    link: 'ws://hall.test',
    labels: 'abc',
    zones: [
      { zone: 'tax', name: label('办税服务', 'Tax'), place: label('一楼', 'Ground') },
      {
        zone: 'social',
        name: label('社会事务', 'Social affairs'),
        place: label('二楼', 'First floor'),
      },
    ],
    floors: [{ name: null, rows: [['tax'], ['social']] }],
    queues: [
      { queue: 'tax', zone: 'tax', letter: 'A', name: label('办税', 'Tax') },
      { queue: 'social', zone: 'social', letter: 'B', name: label('社会', 'Social') },
    ],
    windows: [
      { window: '1', zone: 'tax', name: null, skills: [skill('tax')] },
      { window: '2', zone: 'tax', name: null, skills: [skill('tax')] },
      {
        window: '3',
        zone: 'social',
        name: null,
        skills: [skill('social'), skill('tax', 300)],
      },
      { window: '12', zone: 'social', name: null, skills: [skill('social')] },
    ],
    help_desk: label('导办台', 'help desk'),
    hours: null,
    rules: {
      green_channels: [],
      green_who: label('老幼病残孕', 'people who need help'),
      announcements_limit: 3,
      missed_limit: 3,
      missed_return_after_calls: 3,
      pause_limit_seconds: 1_800,
      pauses_limit: 1,
      green_credit_seconds: 1_200,
      appointment_credit_seconds: 600,
      appointment_early_seconds: 1_800,
      appointment_late_seconds: 600,
      subject_daily_limit: 5,
      wait_target_seconds: 900,
      undo_seconds: 30,
      reminder_ahead: 3,
      card_name: false,
    },
    phrases: { missed: [], pause: [], transfer: [], hold: [] },
    indicators: {},
    screen: {
      accent: '#0b5cad',
      voice: {
        enabled: true,
        chime: true,
        times: 2,
        english: true,
        rate: 1,
        clips: [],
      },
      pad_timeout_seconds: 60,
      show_clerk: true,
    },
    version: 1,
  }
}

export function anItem(code: string, materials: string[] = []): Item {
  return {
    item: code,
    name: `事项${code}`,
    name_en: '',
    score: null,
    open_windows: 1,
    department: '民政',
    zone: 'social',
    queue: 'social',
    aliases: [],
    minutes: 20,
    kind: '承诺',
    materials,
  }
}
