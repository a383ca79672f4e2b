import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { textsOf } from './setting.ts';

/** A service perimeter of Google Cloud, and the services whose data may not leave it. */
export interface Perimeter {
  readonly of: Resource;
  readonly at: Located;
  readonly services: readonly string[];
}

/** Those whose list is known all through; a bridge between perimeters has none. */
export const perimeter = byType<Perimeter>('service perimeter', {
  google_access_context_manager_service_perimeter: (of) => {
    const at = of.attr('status', 'restricted_services');
    const { texts, complete } = textsOf(at);
    return complete && texts.length > 0 ? [{ of, at, services: texts }] : [];
  },
});
