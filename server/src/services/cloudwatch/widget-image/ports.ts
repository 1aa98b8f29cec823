/** Turns SVG into PNG. Undefined: it cannot be done now (too many at once), or never (too much in it). */
export interface PictureDrawer {
  draw(svg: string): Promise<Uint8Array | undefined>
}
