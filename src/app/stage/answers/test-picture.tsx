import { useCallback, useEffect, useMemo } from 'react'
import { useTestPictures } from '../../playground-context'
import { Canvas, type Draw } from '../../widgets/canvas'

const SIDE = 32

/** A test picture of the run, as large as `side` CSS pixels. */
export function TestPicture({ runId, position, side, label }: { runId: number; position: number; side: number; label: string }) {
  const { pictures, version } = useTestPictures()
  useEffect(() => pictures.want(runId, [position]), [pictures, runId, position])
  // `version` moves when pictures have come.
  const rgba = useMemo(() => (version < 0 ? undefined : pictures.tile(runId, position)), [pictures, version, runId, position])
  const size = useMemo(() => ({ width: side, height: side }), [side])
  const draw = useCallback<Draw>((context, { width }, colour) => {
    if (!rgba) {
      context.fillStyle = colour('--well')
      context.fillRect(0, 0, width, width)
      return
    }
    const own = document.createElement('canvas')
    own.width = own.height = SIDE
    own.getContext('2d')?.putImageData(new ImageData(rgba, SIDE, SIDE), 0, 0)
    context.imageSmoothingEnabled = width < SIDE
    context.drawImage(own, 0, 0, width, width)
  }, [rgba])
  return <Canvas size={size} draw={draw} label={label} />
}
