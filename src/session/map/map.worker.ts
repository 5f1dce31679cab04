import { mapOf, type MapRequest } from '../../training/map/embedding-map'
import { serve } from './helper'

declare const self: DedicatedWorkerGlobalScope

serve(self, (request: MapRequest) => [mapOf(request)])
