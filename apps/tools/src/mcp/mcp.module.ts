import { Module } from '@nestjs/common';
import { McpSignIn } from './mcp.sign-in.js';
import { McpUpstreams } from './mcp.upstreams.js';

@Module({ providers: [McpSignIn, McpUpstreams], exports: [McpSignIn, McpUpstreams] })
export class McpModule {}
