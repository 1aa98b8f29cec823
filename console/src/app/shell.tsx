import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar'
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import SideNavigation from '@cloudscape-design/components/side-navigation'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'react-router'
import { alarmNameOf } from '../rooms/alarm/alarm-name.ts'
import { logGroupNameOf } from '../rooms/log-group/log-group-name.ts'
import { FlashList } from './flashes.tsx'
import { TopBar } from './top-bar.tsx'

const ROOMS = [
  { type: 'link', text: 'Alarms', href: '#/alarms' },
  { type: 'link', text: 'Dashboards', href: '#/dashboards' },
  { type: 'link', text: 'Metrics', href: '#/metrics' },
  { type: 'link', text: 'Log groups', href: '#/log-groups' },
  { type: 'link', text: 'Logs Insights', href: '#/logs-insights' },
  { type: 'link', text: 'Live tail', href: '#/live-tail' },
] as const

const WIDE = 900

/** What of a room the page is about. */
const insideOf = (pathname: string): string | undefined => {
  if (pathname.startsWith('/alarms/')) return alarmNameOf(pathname)
  if (pathname.startsWith('/log-groups/')) return logGroupNameOf(pathname)
  if (pathname.startsWith('/log-record/')) return 'Log event'
  return /^\/dashboards\/([\w-]+)$/.exec(pathname)?.[1]
}

/** The frame around every room: top bar, navigation, messages. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const { pathname } = useLocation()
  const [open, setOpen] = useState(innerWidth >= WIDE)
  const room = ROOMS.find(each => `#${pathname}`.startsWith(each.href)) ?? (pathname.startsWith('/log-record/') ? ROOMS[3] : ROOMS[0])
  const inside = insideOf(pathname)
  const place = inside === undefined ? [room] : [room, { text: inside, href: '' }]
  return (
    <>
      <TopBar />
      <AppLayoutToolbar
        headerSelector="#top"
        toolsHide
        navigationWidth={200}
        navigationOpen={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        navigation={
          <SideNavigation
            activeHref={room.href}
            items={[...ROOMS]}
            onFollow={() => {
              if (innerWidth < WIDE) setOpen(false)
            }}
          />
        }
        breadcrumbs={<BreadcrumbGroup items={place.map(({ text, href }) => ({ text, href }))} ariaLabel="Where this page is" />}
        notifications={<FlashList />}
        stickyNotifications
        ariaLabels={{
          navigation: 'Rooms', navigationToggle: 'Open navigation', navigationClose: 'Close navigation', notifications: 'Messages',
        }}
        content={children}
      />
    </>
  )
}
