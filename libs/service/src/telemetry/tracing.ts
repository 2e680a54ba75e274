import {
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { currentContext, newContext, runInContext } from '../context.js';

export { SpanKind } from '@opentelemetry/api';

/** The settings of OpenTelemetry that switch tracing on; its SDK reads the rest of `OTEL_*` itself. */
export interface TracingSettings {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined;
  OTEL_TRACES_EXPORTER: string;
  OTEL_SDK_DISABLED: boolean;
}

export interface SpanDescription {
  name: string;
  kind: SpanKind;
  attributes?: Attributes;
}

const PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Without a tracer every function here does its work and nothing else. */
let tracer: Tracer | undefined;

/** Sends spans to where the settings say. @returns what sends the last of them at the end */
export async function startTracing(
  service: string,
  settings: TracingSettings,
): Promise<{ stop(): Promise<void> } | undefined> {
  const endpoint = settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint || settings.OTEL_SDK_DISABLED || settings.OTEL_TRACES_EXPORTER !== 'otlp') return undefined;
  // Two hundred modules, which most installations have no use for.
  const [{ OTLPTraceExporter }, { detectResources, envDetector, resourceFromAttributes }, sdk] =
    await Promise.all([
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
    ]);
  const { BasicTracerProvider, BatchSpanProcessor } = sdk;
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `patchbay-${service}` }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  tracer = provider.getTracer('patchbay');
  return {
    stop: async () => {
      tracer = undefined;
      await provider.shutdown();
    },
  };
}

/** Runs the work in a span of its own below the current one; what it asks of others hangs below it. */
export function traced<T>(description: SpanDescription, work: () => Promise<T>): Promise<T> {
  return tracer ? inSpan(tracer, description, work) : work();
}

async function inSpan<T>(from: Tracer, description: SpanDescription, work: () => Promise<T>): Promise<T> {
  const context = currentContext();
  const span = begin(from, description, parentOf(context?.traceparent));
  const inner = { ...(context ?? newContext({ deadline: Infinity })), traceparent: traceparentOf(span) };
  try {
    return await runInContext(inner, work);
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** A span whose end is told later; what happens within it has its `traceparent` in the context. */
export function openSpan(
  description: SpanDescription,
  traceparent: string | undefined,
): { traceparent: string; end(attributes: Attributes, failed: boolean): void } | undefined {
  if (!tracer) return undefined;
  const span = begin(tracer, description, parentOf(traceparent));
  return {
    traceparent: traceparentOf(span),
    end: (attributes, failed) => {
      span.setAttributes(attributes);
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

function begin(from: Tracer, { name, kind, attributes }: SpanDescription, parent: Context): Span {
  return from.startSpan(name, { kind, attributes }, parent);
}

function fail(span: Span, error: unknown): void {
  // The message may hold what a user wrote; its class says enough here, and the log line has the rest.
  const type = error instanceof Error ? error.name : 'unknown';
  span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
}

/** W3C Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header */
function parentOf(traceparent: string | undefined): Context {
  const [, traceId = '', spanId = '', flags = '00'] = PARENT.exec(traceparent ?? '') ?? [];
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags & TraceFlags.SAMPLED ? '01' : '00'}`;
}
