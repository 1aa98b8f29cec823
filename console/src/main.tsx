import '@cloudscape-design/global-styles/index.css'
import 'uplot/dist/uPlot.min.css'
import 'virtual:theme.css'
import './app/console.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startTheme } from './app/theme.ts'
import { startZone } from './app/zone.ts'

startTheme()
startZone()
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(<StrictMode><App /></StrictMode>)
