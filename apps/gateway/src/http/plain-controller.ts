import { applyDecorators, Controller, Injectable, type ControllerOptions } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** By this `servePlainRoutes` (`server/`) finds the controllers that it serves. */
export const PLAIN = DiscoveryService.createDecorator();

/**
 * A controller on the way of every tool call. Its decorators say what any controller's say; Fastify calls its methods
 * itself, as Nest's router, with a promise for each guard, pipe and interceptor and rxjs around them, takes longer than
 * the gateway's own work for a call (bench/README.md). Its module lists it among the providers, so that Nest leaves it alone.
 */
export const PlainController = (options: ControllerOptions = {}) =>
  applyDecorators(Controller(options), Injectable(), PLAIN());
