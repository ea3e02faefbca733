import type { LayerSlot } from './layer-protocol.ts';
import type { View } from './view.ts';

/** One view of a window that can be seen, with its place in the window. */
export interface PlacedView {
  readonly view: View;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The views inside `root` from the bottom to the top; what a hidden view holds is hidden too. `root` itself is not drawn. */
export function visibleViews(root: View, x = 0, y = 0): PlacedView[] {
  return root.children.flatMap((view) => {
    if (!view.getVisible()) return [];
    const bounds = view.getBounds();
    const placed = { view, x: x + bounds.x, y: y + bounds.y, width: bounds.width, height: bounds.height };
    return [placed, ...visibleViews(view, placed.x, placed.y)];
  });
}

export function slotOf(placed: PlacedView, id: number, takesInput: boolean): LayerSlot {
  const { x, y, width, height } = placed;
  return { id, x, y, width, height, ...placed.view.look, takesInput };
}
