import { hasPrototypes } from '../../recipe/naming'
import { answersOf, type Answers, type Question } from './answers'
import { orientedAs } from './orientation'
import { principalPlane, projected, type PrincipalPlane } from './principal-plane'
import { separationOf, type Separation } from './separation'

/** What a map is drawn from: a snapshot’s features, and the map before it of the same pictures. */
export interface MapRequest extends Question {
  /** Steps taken before the snapshot. */
  step: number
  /** The prototypes’ own rows of unit length, [prototypes, featureSize]. */
  prototypeRows: Float32Array
  before?: Pick<EmbeddingMap, 'axes' | 'pictures'>
}

/** Pictures and prototypes on the plane in which the pictures’ features spread most. */
export interface EmbeddingMap extends Answers, Separation, Pick<PrincipalPlane, 'axes' | 'explained'> {
  step: number
  /** [pictures, 2] */
  pictures: Float32Array
  /** [prototypes, 2]; of PAWS none, whose prototypes have no part in the learning. */
  stars: Float32Array
}

/** Principal components of the pictures’ features, turned as the map before; the prototypes fall on the same plane. */
export function mapOf(request: MapRequest): EmbeddingMap {
  const { features, labels, classes, recipe, before, prototypeRows, step } = request
  const found = principalPlane(features, before?.axes)
  const points = projected(features, found)
  const { plane, points: pictures } = before ? orientedAs(found, points, before.pictures) : { plane: found, points }
  const values = hasPrototypes(recipe.method) ? prototypeRows : new Float32Array(0)
  return {
    step, pictures, axes: plane.axes, explained: plane.explained,
    stars: projected({ values, size: features.size }, plane),
    ...answersOf(request),
    ...separationOf(features, labels, classes),
  }
}
