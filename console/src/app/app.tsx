import I18nProvider from '@cloudscape-design/components/i18n'
import messages from '@cloudscape-design/components/i18n/messages/all.en'
import Spinner from '@cloudscape-design/components/spinner'
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { HashRouter, Navigate, Route, Routes } from 'react-router'
import { SignInRoom } from '../rooms/sign-in/sign-in-room.tsx'
import { FlashProvider } from './flashes.tsx'
import { queries } from './queries.ts'
import { SessionProvider } from './session.tsx'
import { Shell } from './shell.tsx'

const AlarmsRoom = lazy(() => import('../rooms/alarms/alarms-room.tsx').then(room => ({ default: room.AlarmsRoom })))
const AlarmRoom = lazy(() => import('../rooms/alarm/alarm-room.tsx').then(room => ({ default: room.AlarmRoom })))
const DashboardsRoom = lazy(() => import('../rooms/dashboards/dashboards-room.tsx').then(room => ({ default: room.DashboardsRoom })))
const DashboardRoom = lazy(() => import('../rooms/dashboard/dashboard-room.tsx').then(room => ({ default: room.DashboardRoom })))
const LogGroupsRoom = lazy(() => import('../rooms/log-groups/log-groups-room.tsx').then(room => ({ default: room.LogGroupsRoom })))
const LogGroupRoom = lazy(() => import('../rooms/log-group/log-group-room.tsx').then(room => ({ default: room.LogGroupRoom })))
const LogRecordRoom = lazy(() => import('../rooms/log-record/log-record-room.tsx').then(room => ({ default: room.LogRecordRoom })))
const LogsInsightsRoom = lazy(() => import('../rooms/logs-insights/logs-insights-room.tsx').then(room => ({ default: room.LogsInsightsRoom })))
const LiveTailRoom = lazy(() => import('../rooms/live-tail/live-tail-room.tsx').then(room => ({ default: room.LiveTailRoom })))
const MetricsRoom = lazy(() => import('../rooms/metrics/metrics-room.tsx').then(room => ({ default: room.MetricsRoom })))

export const App = () => (
  <I18nProvider locale="en" messages={[messages]}>
    <QueryClientProvider client={queries}>
      <HashRouter>
        <FlashProvider>
          <SessionProvider signedOut={<SignInRoom />}>
            <Shell>
              <Suspense fallback={<Spinner size="large" />}>
                <Routes>
                  <Route path="/alarms" element={<AlarmsRoom />} />
                  <Route path="/alarms/*" element={<AlarmRoom />} />
                  <Route path="/dashboards" element={<DashboardsRoom />} />
                  <Route path="/dashboards/:name" element={<DashboardRoom />} />
                  <Route path="/metrics" element={<MetricsRoom />} />
                  <Route path="/log-groups" element={<LogGroupsRoom />} />
                  <Route path="/log-groups/*" element={<LogGroupRoom />} />
                  <Route path="/log-record/*" element={<LogRecordRoom />} />
                  <Route path="/logs-insights" element={<LogsInsightsRoom />} />
                  <Route path="/live-tail" element={<LiveTailRoom />} />
                  <Route path="*" element={<Navigate to="/alarms" replace />} />
                </Routes>
              </Suspense>
            </Shell>
          </SessionProvider>
        </FlashProvider>
      </HashRouter>
    </QueryClientProvider>
  </I18nProvider>
)
