/**
 * Makes something of a shape once and keeps it for as long as the shape lives. Shapes may contain themselves, so what is made
 * asks for its parts at its first use, not while it is being made.
 */
export const perShape = <Shape extends object, Made>(make: (shape: Shape) => Made): ((shape: Shape) => Made) => {
  const kept = new WeakMap<Shape, Made>()
  return shape => {
    const known = kept.get(shape)
    if (known !== undefined) return known
    const made = make(shape)
    kept.set(shape, made)
    return made
  }
}
