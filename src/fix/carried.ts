import type { Body, Expression, TemplatePart } from '../documents/hcl-tree.ts';
import type { Span } from '../documents/span.ts';
import type { Literal } from '../engine/rule.ts';
import { apiName, attributeName } from '../model/terraform-kubernetes-names.ts';
import type { Edit } from './edit.ts';
import type { HclContainer } from './find-node.ts';
import { isList, isMap, isRaw, yamlScalar, type Growth } from './literals.ts';

type Range = Pick<Span, 'start' | 'end'>;

/**
 * What a block of a typed `kubernetes_*` resource is given, in the provider's names: `securityContext.runAsNonRoot` is the attribute
 * `run_as_non_root` of a block `security_context`. Undefined where the provider has another shape for it than the API.
 */
export function inProviderNames(growths: ReadonlyMap<string, Growth>, around: string): ReadonlyMap<string, Growth> | undefined {
  const out = new Map<string, Growth>();
  for (const [key, growth] of growths) {
    const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const made = apiName(name, around);
    if (made?.name !== key || made.list || growth.is === 'item') return undefined;
    if (growth.is === 'value') {
      if (typeof growth.value === 'object' || attributeName(name) !== key) return undefined;
      out.set(name, growth);
    } else {
      const entries = inProviderNames(growth.entries, name);
      if (!entries) return undefined;
      out.set(name, { is: 'branch', entries });
    }
  }
  return out;
}

/** Where an object or values that a Terraform file carries can be added to: an object expression, or a block of a typed resource. */
export function growthIn(
  container: HclContainer,
  growths: ReadonlyMap<string, Growth>,
  resourceBlock: Range,
): ReadonlyMap<string, Growth> | undefined {
  if (container.is === 'object') return growths;
  const { type, span } = container.block;
  return span.start === resourceBlock.start ? undefined : inProviderNames(growths, type);
}

/** Whether a place is inside a text of an HCL file (a heredoc with YAML in it): there the text's own language is written, not HCL. */
export function isInText(body: Body, place: Range): boolean {
  const block = body.blocks.find(({ span }) => holds(span, place));
  if (block) return isInText(block.body, place);
  const attribute = body.attributes.find(({ value }) => holds(value.span, place));
  return attribute !== undefined && textHolds(attribute.value, place);
}

/** A plain value in YAML or JSON, which are the same for it but for the quotes. Undefined for all else, and where it would need quotes that the text around has. */
export function scalarInText(file: string, text: string, { start, end }: Range, to: Literal): Edit | undefined {
  if (isRaw(to) || isList(to) || isMap(to)) return undefined;
  const old = text.slice(start, end);
  if (old === '' || /[\r\n]/.test(old) || /^[|>&*!]/.test(old)) return undefined;
  const quote = old.startsWith('"') ? '"' : old.startsWith("'") ? "'" : 'plain';
  const written = yamlScalar(to, quote);
  return /[$%]\{/.test(written) || (quote === 'plain' && /["']/.test(written)) ? undefined : { span: { file, start, end }, text: written };
}

const holds = (outer: Range, inner: Range): boolean => outer.start <= inner.start && outer.end >= inner.end;

function textHolds(expression: Expression, place: Range): boolean {
  const { start, end } = expression.span;
  if (expression.is === 'template' || (expression.is === 'literal' && typeof expression.value === 'string')) {
    const inner = expression.is === 'template' ? inTemplate(expression.parts).find(({ span }) => holds(span, place)) : undefined;
    if (inner) return textHolds(inner, place);
    // The whole, or all that is between its quotes.
    return !(start === place.start && end === place.end) && !(start + 1 === place.start && end - 1 === place.end);
  }
  const inner = within(expression).find(({ span }) => holds(span, place));
  return inner !== undefined && textHolds(inner, place);
}

const inTemplate = (parts: readonly TemplatePart[]): readonly Expression[] =>
  parts.flatMap((part) => (part.is === 'value' ? [part.value] : []));

function within(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case 'list':
      return expression.items;
    case 'object':
      return expression.entries.map(({ value }) => value);
    case 'call':
      return expression.args;
    case 'conditional':
      return [expression.yes, expression.no];
    case 'for':
      return [expression.value];
    case 'index':
    case 'attribute':
      return [expression.of];
    default:
      return [];
  }
}
