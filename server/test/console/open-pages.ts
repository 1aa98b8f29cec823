import type { Browser } from 'playwright-core'
import { onTestFailed } from 'vitest'
import { visit, type Viewer, type Visit } from './browser.ts'

interface House {
  readonly url: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** Pages of people who are signed in and stay: each viewer has one from test to test, so the console is loaded once for all of them. */
export class OpenPages {
  readonly #browser: Browser
  readonly #house: House
  readonly #visits = new Map<string, Visit>()

  constructor(browser: Browser, house: House) {
    this.#browser = browser
    this.#house = house
  }

  /** The viewer's page, led to a place such as `/log-groups`; its complaints are those from now on. After a failure the next one gets a new page. */
  async at(viewer: Viewer, place: string): Promise<Visit> {
    const name = JSON.stringify(viewer)
    const kept = this.#visits.get(name)
    const found = kept ?? await this.#signedIn(viewer)
    this.#visits.set(name, found)
    onTestFailed(async () => {
      this.#visits.delete(name)
      await found.context.close()
    })
    found.complaints.length = 0
    await found.page.goto(`${this.#house.url.replace(/\/$/, '')}/#${place}`)
    return found
  }

  async #signedIn(viewer: Viewer): Promise<Visit> {
    const found = await visit(this.#browser, viewer)
    // How a person signs in is tested where nothing else is.
    const answer = await found.context.request.post(new URL('/api/session', this.#house.url).href, { data: this.#house.credentials })
    if (!answer.ok()) throw new Error(`signing in was refused: ${await answer.text()}`)
    return found
  }
}
