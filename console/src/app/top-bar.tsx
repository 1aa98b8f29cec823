import TopNavigation from '@cloudscape-design/components/top-navigation'
import { useSignedIn } from './session.tsx'
import { useFlashes } from './flashes.tsx'
import { REGIONS } from './regions.ts'
import { chooseTheme, THEME_CHOICES, useThemeChoice } from './theme.ts'
import { chooseZone, ZONE_CHOICES, zoneChoice } from './zone.ts'
import logo from './tocsin.svg'

const THEME_NAMES = { system: 'System theme', light: 'Light', dark: 'Dark' } as const
const ZONE_NAMES = { local: 'Times as in this browser', UTC: 'Times in UTC' } as const

export const TopBar = () => {
  const { connection, setRegion, leave } = useSignedIn()
  const { tell } = useFlashes()
  const theme = useThemeChoice()
  const { session, region } = connection
  const regions = [...new Set([session.region, region, ...REGIONS])].sort()

  return (
    <header id="top">
      <TopNavigation
        identity={{ href: '#/alarms', title: 'Tocsin', logo: { src: logo, alt: '' } }}
        utilities={[
          {
            type: 'menu-dropdown',
            text: region,
            ariaLabel: `Region: ${region}`,
            items: regions.map(id => ({ id, text: id, itemType: 'checkbox' as const, checked: id === region })),
            onItemClick: ({ detail }) => setRegion(detail.id),
          },
          {
            type: 'menu-dropdown',
            iconName: 'settings',
            ariaLabel: 'Theme and times',
            title: 'Theme and times',
            items: [
              { id: 'theme', text: 'Theme', items: THEME_CHOICES.map(id => ({ id, text: THEME_NAMES[id], itemType: 'checkbox' as const, checked: id === theme })) },
              { id: 'zone', text: 'Times', items: ZONE_CHOICES.map(id => ({ id, text: ZONE_NAMES[id], itemType: 'checkbox' as const, checked: id === zoneChoice() })) },
            ],
            onItemClick: ({ detail }) => {
              const next = THEME_CHOICES.find(choice => choice === detail.id)
              if (next !== undefined) chooseTheme(next)
              const zone = ZONE_CHOICES.find(choice => choice === detail.id)
              if (zone !== undefined) chooseZone(zone)
            },
          },
          {
            type: 'menu-dropdown',
            text: session.user,
            description: `Account ${session.account}`,
            iconName: 'user-profile',
            items: [
              session.expiresAt === null
                ? { id: 'open', text: 'Signing in is switched off', disabled: true }
                : { id: 'sign-out', text: 'Sign out' },
            ],
            onItemClick: () => {
              leave().catch((error: unknown) => tell('error', 'Signing out failed', String(error)))
            },
          },
        ]}
      />
    </header>
  )
}
