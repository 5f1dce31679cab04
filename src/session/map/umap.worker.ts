import { neighbourMap, type NeighbourMapRequest } from '../../training/map/neighbour-map'
import { serve } from './helper'
import { nowAndThen } from './now-and-then'

declare const self: DedicatedWorkerGlobalScope

serve(self, (request: NeighbourMapRequest) => nowAndThen(neighbourMap(request)))
