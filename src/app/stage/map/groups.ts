import type { EmbeddingMap } from '../../../state/embedding-maps'
import { count } from '../../format'
import type { PrototypeNames } from '../prototype-names'
import { markerOf, RIGHT, WRONG, type Marker } from './markers'

export const COLOURINGS = [
  { value: 'class', label: 'Class' },
  { value: 'cluster', label: 'Cluster' },
  { value: 'error', label: 'Error' },
] as const
/** What the colours of a map tell: the true class, the prototype that wins, or whether that is right. */
export type Colouring = (typeof COLOURINGS)[number]['value']

/** Pictures that share a colour. */
export interface Group {
  name: string
  marker: Marker
  members: number
}

export interface Grouping {
  /** Group of each picture, [pictures]. */
  of: Int32Array
  groups: readonly Group[]
}

/** What is known of the pictures of a map. */
export interface Known {
  map: EmbeddingMap
  /** True classes, [pictures]. */
  labels: Uint8Array
  /** 1 where the learner sees the label. */
  labelled: Uint8Array
  classNames: readonly string[]
  names: PrototypeNames
}

export function groupingOf(known: Known, colouring: Colouring): Grouping {
  const { map, labels, classNames } = known
  switch (colouring) {
    case 'class':
      return grouped(Int32Array.from(labels), classNames.map((name, k) => ({ name, marker: markerOf(k) })))
    case 'cluster':
      return grouped(map.clusters, [...map.naming.keys()].map((k) => ({ name: clusterName(known, k), marker: markerOf(k) })))
    case 'error':
      return grouped(
        map.clusters.map((_, picture) => (isRight(known, picture) ? 0 : 1)),
        [{ name: 'right', marker: RIGHT }, { name: 'wrong', marker: WRONG }],
      )
  }
}

function grouped(of: Int32Array, groups: Omit<Group, 'members'>[]): Grouping {
  const members = groups.map(() => 0)
  for (const group of of) members[group]! += 1
  return { of, groups: groups.map((group, k) => ({ ...group, members: members[k]! })) }
}

export function isRight({ map: { clusters, naming }, labels }: Known, picture: number): boolean {
  return naming[clusters[picture]!] === labels[picture]
}

/** The name that labels gave a cluster; without labels its number, and the class that it fits best. */
export function clusterName({ map: { naming }, classNames, names }: Known, cluster: number): string {
  const fits = names.named ? undefined : classNames[naming[cluster]!]
  return fits === undefined ? names.of(cluster) : `${names.of(cluster)}, best as ${fits}`
}

/** A picture in words. */
export function sentenceOf(known: Known, picture: number): string {
  const truth = known.classNames[known.labels[picture]!] ?? 'an unknown class'
  const label = known.labelled[picture] === 1 ? 'labelled' : 'no label'
  return `${truth}, ${label}. The model says ${clusterName(known, known.map.clusters[picture]!)}.`
}

/** Several pictures in words: how many, of which classes most. */
export function summaryOf({ labels, classNames }: Known, pictures: readonly number[]): string {
  const byClass = new Map<number, number>()
  for (const picture of pictures) byClass.set(labels[picture]!, (byClass.get(labels[picture]!) ?? 0) + 1)
  const most = [...byClass].sort((a, b) => b[1] - a[1])
  const named = most.slice(0, 3).map(([k, members]) => `${count(members)} ${classNames[k]}`)
  const others = most.slice(3).reduce((sum, [, members]) => sum + members, 0)
  const all = [...named, ...(others > 0 ? [`${count(others)} others`] : [])]
  return `${count(pictures.length)} ${pictures.length === 1 ? 'picture' : 'pictures'}: ${all.join(', ')}.`
}

/** How far the classes stand apart, in words. */
export function separationSentence({ map: { betweenClasses, closest }, classNames }: Known): string {
  const share = `Between the classes lie ${(100 * betweenClasses).toFixed(1)} % of the spread of the features`
  if (!closest) return `${share}.`
  const [one, other] = closest.classes.map((k) => classNames[k])
  return `${share}; ${one} and ${other} stand closest (cosine ${closest.cosine.toFixed(2)}).`
}
