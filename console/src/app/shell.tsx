import AppLayout from '@cloudscape-design/components/app-layout'
import SideNavigation from '@cloudscape-design/components/side-navigation'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'react-router'
import { FlashList } from './flashes.tsx'
import { TopBar } from './top-bar.tsx'

const ROOMS = [
  { type: 'link', text: 'Alarms', href: '#/alarms' },
  { type: 'link', text: 'Metrics', href: '#/metrics' },
] as const

const WIDE = 900

/** The frame around every room: top bar, navigation, messages. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const { pathname } = useLocation()
  const [open, setOpen] = useState(innerWidth >= WIDE)
  const active = ROOMS.find(room => `#${pathname}`.startsWith(room.href))?.href ?? ROOMS[0].href
  return (
    <>
      <TopBar />
      <AppLayout
        headerSelector="#top"
        toolsHide
        navigationWidth={200}
        navigationOpen={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        navigation={
          <SideNavigation
            activeHref={active}
            items={[...ROOMS]}
            onFollow={() => {
              if (innerWidth < WIDE) setOpen(false)
            }}
          />
        }
        notifications={<FlashList />}
        stickyNotifications
        ariaLabels={{ navigation: 'Rooms', navigationToggle: 'Open navigation', navigationClose: 'Close navigation', notifications: 'Messages' }}
        content={children}
      />
    </>
  )
}
