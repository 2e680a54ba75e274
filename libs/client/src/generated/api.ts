// Made by `npm run client:generate` from the API document of the gateway. Not to be edited.

export interface components {
  schemas: {
    /** @description Who besides its user may use an account. */
    AccountSharing: {
      /** @enum {string} */
      account_type: 'PRIVATE' | 'SHARED';
      acl_config_for_shared?: {
        allow_all_users: boolean;
        allowed_user_ids: string[];
        not_allowed_user_ids: string[];
      };
    };
    /** @description What a project’s calls did over time. */
    Activity: {
      /** @description Among the latest thousand calls that failed. */
      failing_accounts: {
        connected_account_id: string;
        failed: number;
        last_failed_at: string;
        toolkit_slug: string;
        user_id: string;
      }[];
      from: number;
      /** @description Those in which calls began, oldest first. */
      points: {
        at: string;
        calls: number;
        failed: number;
        p50_ms: number | null;
        p95_ms: number | null;
        p99_ms: number | null;
      }[];
      /** @description How much time one of the points stands for. */
      step_ms: number;
      to: number;
      /** @description By whole days of UTC. */
      top_tools: {
        calls: number;
        failed: number;
        tool_slug: string;
      }[];
      /** @description By whole days of UTC. */
      top_users: {
        calls: number;
        failed: number;
        user_id: string;
      }[];
      total: {
        calls: number;
        failed: number;
        p50_ms: number | null;
        p95_ms: number | null;
        p99_ms: number | null;
      };
    };
    ApiKey: {
      /** @description Of a scoped key: what it is let into. */
      areas?: {
        [key: string]: 'none' | 'read' | 'write';
      };
      created_at: string;
      id: string;
      /** @description The key itself in the answer of its creation, later only a hint of it. */
      key: string;
      /** @description To about five minutes; null: never. */
      last_used_at: string | null;
      name: string;
    };
    /** @description An act of administration. */
    AuditEvent: {
      /** @enum {string} */
      action:
        | 'project.created'
        | 'project.settings_updated'
        | 'project.deleted'
        | 'api_key.created'
        | 'api_key.revoked'
        | 'person.created'
        | 'person.updated'
        | 'person.deleted'
        | 'user_key.created'
        | 'user_key.revoked'
        | 'cli_session.linked'
        | 'console_session.started'
        | 'console_session.ended'
        | 'sign_in_link.created'
        | 'person.password_set'
        | 'auth_config.created'
        | 'auth_config.updated'
        | 'auth_config.enabled'
        | 'auth_config.disabled'
        | 'auth_config.deleted'
        | 'connected_account.created'
        | 'connected_account.updated'
        | 'connected_account.enabled'
        | 'connected_account.disabled'
        | 'connected_account.revoked'
        | 'connected_account.deleted'
        | 'incident.begun'
        | 'connect_link.created'
        | 'connect_link.created_to_reconnect'
        | 'toolkit.upserted'
        | 'toolkit.refreshed'
        | 'toolkit.approved'
        | 'toolkit.refused'
        | 'toolkit.deleted'
        | 'tool_tuning.set'
        | 'tool_tuning.deleted'
        | 'session.updated'
        | 'session.deleted'
        | 'session_config.created'
        | 'session_config.updated'
        | 'mcp_server.created'
        | 'mcp_server.updated'
        | 'mcp_server.deleted'
        | 'mcp_instance.created'
        | 'mcp_instance.deleted'
        | 'webhook_subscription.created'
        | 'webhook_subscription.updated'
        | 'webhook_subscription.deleted'
        | 'webhook_subscription.secret_rotated'
        | 'webhook_delivery.resent'
        | 'mcp_access.code_issued'
        | 'mcp_access.revoked'
        | 'trigger.created'
        | 'trigger.enabled'
        | 'trigger.disabled'
        | 'trigger.deleted'
        | 'webhook_endpoint.created'
        | 'webhook_endpoint.updated'
        | 'webhook_endpoint.deleted'
        | 'dead_letter.resent'
        | 'dead_letter.discarded'
        | 'request.refused';
      actor: {
        key_id: string | null;
        /** @enum {string} */
        kind:
          | 'organisation'
          | 'project'
          | 'person'
          | 'access_token'
          | 'sandbox'
          | 'anonymous'
          | 'setting'
          | 'system';
        name: string | null;
        person_id: string | null;
      };
      /** @description Names of fields, never what is in them. */
      changed: string[];
      client_address: string | null;
      id: string;
      /** @enum {string} */
      outcome: 'done' | 'refused';
      project_id: string | null;
      reason: string | null;
      request_id: string | null;
      target: {
        id: string;
        /** @enum {string} */
        type:
          | 'project'
          | 'api_key'
          | 'person'
          | 'user_key'
          | 'cli_session'
          | 'console_session'
          | 'auth_config'
          | 'connected_account'
          | 'incident'
          | 'toolkit'
          | 'tool'
          | 'session'
          | 'session_config'
          | 'mcp_server'
          | 'mcp_instance'
          | 'webhook_subscription'
          | 'webhook_delivery'
          | 'trigger'
          | 'webhook_endpoint'
          | 'dead_letter'
          | 'route';
        user_id: string | null;
      };
      timestamp: string;
    };
    /** @description How the accounts of a toolkit sign in, in one project. */
    AuthConfig: {
      /** @enum {string} */
      auth_scheme:
        | 'OAUTH2'
        | 'OAUTH1'
        | 'API_KEY'
        | 'BASIC'
        | 'BEARER_TOKEN'
        | 'GOOGLE_SERVICE_ACCOUNT'
        | 'NO_AUTH'
        | 'BASIC_WITH_JWT'
        | 'SERVICE_ACCOUNT'
        | 'DCR_OAUTH'
        | 'CIMD_OAUTH'
        | 'S2S_OAUTH2';
      created_at: string;
      /** @description Secrets are named, never shown. */
      credentials: {
        [key: string]: string;
      };
      id: string;
      /** @description Whether it uses the operator’s own app. */
      is_composio_managed: boolean;
      is_enabled_for_tool_router: boolean;
      last_updated_at: string;
      name: string;
      no_of_connections: number;
      restrict_to_following_tools: string[];
      /** @enum {string} */
      status: 'ENABLED' | 'DISABLED';
      tool_access_config: {
        tools_available_for_execution: string[];
        tools_for_connected_account_creation: string[];
      };
      toolkit: {
        logo: string;
        slug: string;
      };
      /** @enum {string} */
      type: 'default' | 'custom';
      uuid: string;
    };
    /** @description What could be found out of an app, in words, with what the provider said of it. */
    AuthConfigCheck: {
      answer: string | null;
      message: string;
      /** @enum {string} */
      outcome: 'accepted' | 'refused' | 'unreachable' | 'unknown';
    };
    /** @description How a call ended. */
    CallResult: {
      /** @description What the tool gave. */
      data: {
        [key: string]: unknown;
      };
      /** @description Why the tool failed; null when it did not. */
      error: string | null;
      log_id?: string;
      successful: boolean;
    };
    ClientMetadata: {
      client_id: string;
      client_name: string;
      client_uri: string;
      grant_types: string[];
      redirect_uris: string[];
      response_types: string[];
      /** @constant */
      token_endpoint_auth_method: 'none';
    };
    /** @description One user’s sign-in at one toolkit. */
    ConnectedAccount: {
      alias: string | null;
      auth_config: {
        /** @enum {string} */
        auth_scheme:
          | 'OAUTH2'
          | 'OAUTH1'
          | 'API_KEY'
          | 'BASIC'
          | 'BEARER_TOKEN'
          | 'GOOGLE_SERVICE_ACCOUNT'
          | 'NO_AUTH'
          | 'BASIC_WITH_JWT'
          | 'SERVICE_ACCOUNT'
          | 'DCR_OAUTH'
          | 'CIMD_OAUTH'
          | 'S2S_OAUTH2';
        id: string;
        is_composio_managed: boolean;
        is_disabled: boolean;
      };
      created_at: string;
      /** @description What the scheme has, secrets masked, with the status. */
      data: {
        /** @enum {string} */
        status: 'INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';
      } & {
        [key: string]: unknown;
      };
      experimental: components['schemas']['AccountSharing'];
      id: string;
      is_disabled: boolean;
      state: {
        /** @enum {string} */
        authScheme:
          | 'OAUTH2'
          | 'OAUTH1'
          | 'API_KEY'
          | 'BASIC'
          | 'BEARER_TOKEN'
          | 'GOOGLE_SERVICE_ACCOUNT'
          | 'NO_AUTH'
          | 'BASIC_WITH_JWT'
          | 'SERVICE_ACCOUNT'
          | 'DCR_OAUTH'
          | 'CIMD_OAUTH'
          | 'S2S_OAUTH2';
        /** @description What the scheme has, secrets masked, with the status. */
        val: {
          /** @enum {string} */
          status: 'INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';
        } & {
          [key: string]: unknown;
        };
      };
      /** @enum {string} */
      status: 'INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';
      status_reason: string | null;
      toolkit: {
        slug: string;
      };
      updated_at: string;
      user_id: string;
      word_id: string;
    };
    ConnectLink: {
      connected_account_id: string;
      experimental: components['schemas']['AccountSharing'];
      expires_at: string;
      link_token: string;
      /** @description Where the user signs in, once. */
      redirect_url: string;
    };
    /** @description Who is signed in to the console. */
    ConsoleSession: {
      created_at: string;
      /** @description To be sent as `x-csrf-token` with every request that the cookie authenticates. */
      csrf_token: string;
      /** @description When it ends if it is not used any more. */
      expires_at: string;
      /** @description `GET /org/project/list` has them all. */
      has_more_projects: boolean;
      id: string;
      organization: components['schemas']['Organisation'];
      person: {
        created_at: string;
        email: string;
        has_password: boolean;
        id: string;
        name: string;
        /** @description By the ids of projects. */
        project_roles: {
          [key: string]: 'viewer' | 'developer' | 'owner';
        };
        /** @description In the organisation, and so in every project of it. */
        role: ('viewer' | 'developer' | 'owner') | null;
        updated_at: string;
      };
      /** @description In which the person has a role, 200 at most. */
      projects: {
        id: string;
        name: string;
        /** @enum {string} */
        role: 'viewer' | 'developer' | 'owner';
      }[];
      /** @enum {string} */
      signed_in_by: 'link' | 'password' | 'oidc';
    };
    /** @description An event that was set aside, with the reason. */
    DeadLetter: {
      beginning: string;
      bytes: number;
      can_be_resent: boolean;
      event_id: string;
      id: string;
      origin: string;
      reason: string;
      set_aside_at: string;
      subject: string;
    };
    Execution: {
      actionKey: string;
      app: {
        icon: string;
        name: string;
      };
      appKey: string;
      connectedAccountId: string;
      createdAt: number;
      entityId: string;
      executionTime: number;
      id: string;
      minimalResponse: string;
      /** @enum {string} */
      status: 'success' | 'failed';
    };
    ExecutionDetail: {
      actionId: string;
      actionLogId: string;
      app: {
        icon: string;
        name: string;
        uniqueId: string;
      };
      connection: {
        entity: string;
        id: string;
      };
      endTime: number;
      error: {
        message?: string;
      };
      executionMetadata: {
        parent_log_id?: string;
        request_id: string;
        sandbox_id?: string;
        trace_id?: string;
      };
      payloadReceived: {
        [key: string]: unknown;
      };
      response: {
        [key: string]: unknown;
      };
      session: {
        id?: string;
      };
      startTime: number;
      /** @enum {string} */
      status: 'success' | 'error' | 'warning' | 'info';
      steps: {
        endTime: number;
        message: string;
        startTime: number;
        /** @enum {string} */
        status: 'success' | 'error';
        totalDuration: number;
        /** @constant */
        type: 'tool_execution';
      }[];
      totalDuration: string;
      version: string;
    };
    File: {
      filename: string;
      md5: string;
      mimetype: string;
      tool_slug: string;
      toolkit_slug: string;
    };
    FileUpload: {
      id: string;
      /** @description What goes into the arguments of the tool. */
      key: string;
      metadata: {
        /** @constant */
        storage_backend: 's3';
      };
      /** @description Where the bytes go, by one PUT. */
      new_presigned_url: string;
      newPresignedUrl: string;
      /** @constant */
      type: 'new';
    };
    GrantContexts: {
      /** @enum {string} */
      auth_scheme:
        | 'OAUTH2'
        | 'OAUTH1'
        | 'API_KEY'
        | 'BASIC'
        | 'BEARER_TOKEN'
        | 'GOOGLE_SERVICE_ACCOUNT'
        | 'NO_AUTH'
        | 'BASIC_WITH_JWT'
        | 'SERVICE_ACCOUNT'
        | 'DCR_OAUTH'
        | 'CIMD_OAUTH'
        | 'S2S_OAUTH2';
      default_grant_context: {
        [key: string]: string;
      };
      grant_context_dimensions: {
        description: string;
        dimension: string;
        values: string[];
      }[];
      toolkit_version: string;
    };
    /** @description What was revoked at once, and how far that has come. */
    Incident: {
      /** @description MCP clients that users had admitted. */
      access_ended: number;
      accounts_left: number;
      accounts_revoked: number;
      acts: ('accounts' | 'access' | 'keys')[];
      begun_at: string;
      /** @description Of the accounts, not there: the provider was asked three times. */
      failed_at_provider: number;
      finished_at: string | null;
      id: string;
      keys_revoked: number;
      left_at_providers: number;
      project_id: string | null;
      reason: string | null;
      /** @description Of the accounts, also where their tokens were given. */
      revoked_at_provider: number;
      sign_ins_ended: number;
      /** @enum {string} */
      state: 'running' | 'done';
      toolkit_slug: string | null;
      user_id: string | null;
    };
    /** @description A session as a list has it. */
    ListedSession: {
      config_version: number;
      created_at: string;
      has_workbench: boolean;
      session_id: string;
      /** @description Absent: every toolkit. */
      toolkits?:
        | {
            enabled: string[];
          }
        | {
            disabled: string[];
          };
      updated_at: string;
      user_id: string;
    };
    /** @description A call. */
    Log: {
      id: string;
      /** @enum {string} */
      level: 'info' | 'error';
      message?: string;
      metadata: {
        auth_config_id?: string;
        connected_account_id?: string;
        request_id: string;
        sandbox_id?: string;
        session_id?: string;
        tool_slug: string;
        toolkit_slug: string;
        user_id: string;
      };
      metrics: {
        duration_ms?: number;
        end_time?: number;
        start_time: number;
      };
      /** @description The call inside which this one was made. */
      parent: {
        log_id: string;
        tool_slug: string;
      } | null;
      /** @enum {string} */
      status: 'running' | 'success' | 'failed';
      timestamp: string;
      /** @constant */
      type: 'tool_execution';
    };
    /** @description A call with all that is known of it. */
    LogDetail: {
      context: {
        request_id: string;
        session_id?: string;
        trace_id?: string;
      };
      data: {
        request: {
          [key: string]: unknown;
        };
        response: {
          [key: string]: unknown;
        } | null;
      };
      id: string;
      /** @enum {string} */
      level: 'info' | 'error';
      message?: string;
      metadata: {
        auth_config_id?: string;
        connected_account_id?: string;
        request_id: string;
        sandbox_id?: string;
        session_id?: string;
        tool_slug: string;
        toolkit_slug: string;
        user_id: string;
      };
      metrics: {
        duration_ms?: number;
        end_time?: number;
        start_time: number;
      };
      /** @description The call inside which this one was made. */
      parent: {
        log_id: string;
        tool_slug: string;
      } | null;
      source: Record<string, never>;
      /** @enum {string} */
      status: 'running' | 'success' | 'failed';
      timestamp: string;
      timings?: {
        end_time: number;
        start_time: number;
      };
      /** @constant */
      type: 'tool_execution';
    };
    McpAccessCode: {
      code: string;
      expires_at: string;
    };
    McpClientSetup: {
      content: string;
      /** @enum {string} */
      kind: 'file' | 'command';
      name: string;
      /** @description Of a file: below the project, or below the home where it begins with `~`. */
      path?: string;
    };
    /** @description One user of an MCP server. */
    McpInstance: {
      created_at: string;
      id: string;
      instance_id: string;
      mcp_server_id: string;
      updated_at: string;
    };
    /** @description A registry of MCP servers that the operator set up. */
    McpRegistry: {
      name: string;
      url: string;
    };
    /** @description What a server of a registry asks for. */
    McpRegistryField: {
      choices?: string[];
      default: string | null;
      description: string;
      display_name: string;
      /** @description It says where everybody’s calls go: adding the server takes its value, and users are not asked. */
      is_for_all: boolean;
      is_secret: boolean;
      /** @description Its name in `source.values`. */
      name: string;
      /** @enum {string} */
      place: 'address' | 'query' | 'header' | 'environment' | 'argument';
      placeholder: string | null;
      required: boolean;
    };
    /** @description An MCP server of a registry, and what it asks for. */
    McpRegistryServer: {
      description: string;
      /** @description In reverse-DNS form, such as `io.github.acme/weather`. */
      name: string;
      packages: {
        fields: components['schemas']['McpRegistryField'][];
        identifier: string;
        /** @description Why it cannot be added; null when it can. */
        refusal: string | null;
        registry_type: string;
        transport: string;
        version: string | null;
      }[];
      /** @description Why it cannot be added; null when it can. */
      refusal: string | null;
      registry: string;
      remotes: {
        fields: components['schemas']['McpRegistryField'][];
        /** @description Why it cannot be added; null when it can. */
        refusal: string | null;
        type: string;
        url: string;
      }[];
      repository_url: string | null;
      /** @enum {string} */
      status: 'active' | 'deprecated' | 'deleted';
      status_message: string | null;
      suggested_slug: string;
      title: string;
      updated_at: string | null;
      version: string;
      /** @description How it is reached: `streamable-http`, or what its packages are of, as `npm`. */
      ways: string[];
      website_url: string | null;
    };
    /** @description An MCP server in a list of a registry. */
    McpRegistryServerItem: {
      description: string;
      /** @description In reverse-DNS form, such as `io.github.acme/weather`. */
      name: string;
      /** @description Why it cannot be added; null when it can. */
      refusal: string | null;
      registry: string;
      repository_url: string | null;
      /** @enum {string} */
      status: 'active' | 'deprecated' | 'deleted';
      status_message: string | null;
      title: string;
      updated_at: string | null;
      version: string;
      /** @description How it is reached: `streamable-http`, or what its packages are of, as `npm`. */
      ways: string[];
      website_url: string | null;
    };
    /** @description A choice of tools that MCP clients of many users reach. */
    McpServer: {
      /** @description Empty: every tool of the toolkits. */
      allowed_tools: string[];
      auth_config_ids: string[];
      /** @description How people add it to their programs. */
      commands: {
        claude: string;
        cursor: string;
        windsurf: string;
      };
      created_at: string;
      /** @constant */
      deleted: false;
      id: string;
      managed_auth_via_composio: boolean;
      mcp_url: string;
      name: string;
      server_instance_count: number;
      toolkit_icons: {
        [key: string]: string;
      };
      toolkits: string[];
      updated_at: string;
    };
    Me: {
      created_at: string;
      email: string;
      id: string;
      /** @description Of the key, or the session of the console, that asks. */
      key_id: string;
      keys: components['schemas']['UserKey'][];
      name: string;
      organisation: components['schemas']['Organisation'];
      /** @description By the ids of projects. */
      project_roles: {
        [key: string]: 'viewer' | 'developer' | 'owner';
      };
      /** @description In the organisation, and so in every project of it. */
      role: ('viewer' | 'developer' | 'owner') | null;
      updated_at: string;
    };
    MountItem: {
      last_modified: string;
      mount_relative_path: string;
      /** @description Where the mount is in the sandbox. */
      sandbox_mount_prefix: string;
      size: number;
    };
    /** @description A refusal as OAuth has it (RFC 6749, section 5.2). */
    OAuthError: {
      error: string;
      error_description: string;
    };
    Organisation: {
      created_at: string;
      id: string;
      name: string;
      updated_at: string;
    };
    /** @description Somebody who works with the platform. */
    Person: {
      created_at: string;
      email: string;
      id: string;
      name: string;
      /** @description By the ids of projects. */
      project_roles: {
        [key: string]: 'viewer' | 'developer' | 'owner';
      };
      /** @description In the organisation, and so in every project of it. */
      role: ('viewer' | 'developer' | 'owner') | null;
      updated_at: string;
    };
    /** @description A project as the clients of people want it. */
    PersonsProject: {
      created_at: string;
      /** @constant */
      deleted: false;
      display_name: string | null;
      email: string;
      event_webhook_url: null;
      id: string;
      /** @constant */
      is_new_webhook: true;
      last_subscribed_at: null;
      name: string;
      nano_id: string;
      org_id: string;
      /** @constant */
      triggers_enabled: false;
      updated_at: string;
      webhook_secret: null;
      webhook_url: null;
      /** @constant */
      webhook_version: 'V3';
    };
    PersonWithKeys: {
      created_at: string;
      email: string;
      id: string;
      keys: components['schemas']['UserKey'][];
      name: string;
      /** @description By the ids of projects. */
      project_roles: {
        [key: string]: 'viewer' | 'developer' | 'owner';
      };
      /** @description In the organisation, and so in every project of it. */
      role: ('viewer' | 'developer' | 'owner') | null;
      updated_at: string;
    };
    /** @description Whether there is a model, and how the operator sets one up. */
    PlaygroundSettings: {
      /** @description The operator’s model; null when none is set up. */
      model: string | null;
      /** @description Which settings say what the model is, and where. */
      settings: string[];
    };
    /** @description A tenant: keys, accounts, sessions and record of one product. */
    Project: {
      created_at: string;
      /** @constant */
      deleted: false;
      display_name: string | null;
      id: string;
      name: string;
      updated_at: string;
      webhook_secret: null;
      webhook_url: null;
    };
    ProjectSettings: {
      allowed_callback_origins: string[];
      always_revoke_on_delete: boolean;
      bind_sign_in_to_browser: boolean;
      display_name: string | null;
      is_2FA_enabled: boolean;
      is_composio_link_enabled_for_managed_auth: boolean;
      /** @enum {string} */
      log_visibility_setting: 'show_all' | 'dont_store_data';
      logo_url: string | null;
      mask_secret_keys_in_connected_account: boolean;
      oauth_callback_verifier_url: string | null;
      require_mcp_api_key: boolean;
      signed_url_file_expiry_in_seconds: number;
    };
    /** @description A toolkit that the project added. */
    ProjectToolkit: {
      auth_schemes: (
        | 'OAUTH2'
        | 'OAUTH1'
        | 'API_KEY'
        | 'BASIC'
        | 'BEARER_TOKEN'
        | 'GOOGLE_SERVICE_ACCOUNT'
        | 'NO_AUTH'
        | 'BASIC_WITH_JWT'
        | 'SERVICE_ACCOUNT'
        | 'DCR_OAUTH'
        | 'CIMD_OAUTH'
        | 'S2S_OAUTH2'
      )[];
      created_at: string;
      description: string;
      /** @description Whether the source holds what somebody refused. It is not served; approving still lets it through. */
      has_refused: boolean;
      /** @description What differs from the approved definition; null when nothing does, and when it was refused. */
      held_back: {
        added: string[];
        changed: string[];
        removed: string[];
        settings: boolean;
      } | null;
      name: string;
      /** @description Why the source could not be read last time. */
      problem: string | null;
      slug: string;
      source: {
        /** @description The entry of a registry that it was added by. */
        registry?: {
          registry: string;
          server: string;
          version: string;
        };
        /**
         * @description `stdio`: a program, run in a sandbox.
         * @enum {string}
         */
        type: 'openapi' | 'mcp' | 'stdio';
        /** @description With `{name}` for each value that an account says; of a program its package URL, as `pkg:npm/server@1.2.3`. */
        url?: string;
      };
      /** @enum {string} */
      status: 'needs_approval' | 'approved';
      tools_count: number;
      /**
       * @description `native`: it ships as the MCP server of its vendor, and an account was connected.
       * @enum {string}
       */
      type: 'custom' | 'native';
      updated_at: string;
      version: string;
    };
    ProjectWithKeys: {
      api_keys: components['schemas']['ApiKey'][];
      created_at: string;
      /** @constant */
      deleted: false;
      display_name: string | null;
      id: string;
      name: string;
      updated_at: string;
      webhook_secret: null;
      webhook_url: null;
    };
    /** @description What a provider answered. */
    ProxyResult: {
      /** @description What is neither, or too long, behind a link. */
      binary_data?: {
        content_type: string;
        expires_at: string;
        size: number;
        url: string;
      };
      /** @description JSON, or text. */
      data?: unknown;
      headers: {
        [key: string]: string;
      };
      /** @description The provider’s own, also of a refusal. */
      status: number;
    };
    Readiness: {
      services: {
        [key: string]: string;
      };
      status: string;
    };
    RecommendedScopes: {
      /** @enum {string} */
      auth_scheme:
        | 'OAUTH2'
        | 'OAUTH1'
        | 'API_KEY'
        | 'BASIC'
        | 'BEARER_TOKEN'
        | 'GOOGLE_SERVICE_ACCOUNT'
        | 'NO_AUTH'
        | 'BASIC_WITH_JWT'
        | 'SERVICE_ACCOUNT'
        | 'DCR_OAUTH'
        | 'CIMD_OAUTH'
        | 'S2S_OAUTH2';
      grant_context: {
        [key: string]: string;
      };
      scopes: {
        conditional: {
          for: string[];
          scope: string;
          when: {
            [key: string]: string[];
          };
        }[];
        fewest: string[];
        least_privilege: string[];
      };
      toolkit_version: string;
      /** @description Tools that name no scopes: they need none, or what they need is not known. */
      tools_without_scopes: string[];
    };
    RejectedEvent: {
      body: string;
      id: string;
      published_at: string;
      reason: string;
      rejected_at: string;
      sequence: number;
      subject: string;
    };
    /** @description Toolkits, tools and tags under a name, for sessions to take. */
    SavedSessionConfig: {
      archived: boolean;
      config: {
        tags?: {
          disable?: string[];
          enable?: string[];
        };
        toolkits?:
          | {
              enable: string[];
            }
          | {
              disable: string[];
            };
        tools?: {
          [key: string]:
            | (
                | {
                    enable: string[];
                  }
                | {
                    disable: string[];
                  }
              )
            | {
                tags: {
                  disable?: string[];
                  enable?: string[];
                };
              };
        };
      };
      created_at: string;
      description: string | null;
      id: string;
      name: string;
      updated_at: string;
    };
    SavedSessionConfigSummary: {
      archived: boolean;
      created_at: string;
      id: string;
      name: string;
      updated_at: string;
    };
    /** @description What a search went by: of the tools of the page, where `explain` asked for it. Ours. */
    SearchExplanation: {
      /** @description Its parts that were looked for by themselves, too. */
      clauses: string[];
      /** @description What the text asks for; null where it does not say it. */
      intent: ('read' | 'write' | 'delete') | null;
      /** @description Toolkits that the text names. */
      toolkits: string[];
      /** @description Those that were found, in the order of the answer. */
      tools: {
        /** @description The alias by which it was found, where it was not its name. */
        alias: string | null;
        /** @description What the project says that its score counts. */
        boost: number;
        /** @description The part of the text for which it was found; null for the whole. */
        clause: string | null;
        factors: {
          /** @description Less than 1 where others of its toolkit and name come before it. */
          name: number;
          /** @description Less than 1 where the text names another toolkit; in `parts` already. */
          toolkit: number;
        };
        /** @description What it does; null where nothing says it. */
        operation: ('read' | 'write' | 'delete') | null;
        parts: {
          /** @description How much of the score it gives, before `boost`. */
          gives: number;
          /**
           * @description `words`: how well its words are those of the text. `covered`: how much of the text it has. `said`: how much of its name the text says. `brevity`: how short its name is. `important`: it is one of its toolkit’s most used, or of a toolkit that the project added. `fits`: it reads, writes or deletes as the text asks for. `similarity`: how near its meaning is. `ready`: it can be called at once, as an account is connected or none is needed.
           * @enum {string}
           */
          part: 'words' | 'covered' | 'said' | 'brevity' | 'important' | 'fits' | 'similarity' | 'ready';
        }[];
        /** @description The sum of `parts`, times `boost`, times the factor `name`. */
        score: number;
        /** @description How near its meaning is to the text’s, as a cosine; null where meanings were not compared. */
        similarity: number | null;
        slug: string;
        words: {
          /** @description Where. `inputs`: names of arguments; `details`: what is said of them. */
          fields: ('name' | 'description' | 'inputs' | 'details')[];
          /** @description What the tool says for it, as a stem. */
          found: string;
          /** @enum {string} */
          how: 'same' | 'synonym' | 'translation' | 'spelling';
          /** @description 0 to 1. */
          sure: number;
          /** @description As it was said. */
          word: string;
        }[];
      }[];
      /** @description What was looked for, as stems: without words that say nothing, and with phrases as what they mean. */
      words: string[];
    };
    /** @description What the project says of one tool for searching. */
    SearchTuning: {
      aliases: string[];
      boost: number;
      tool_slug: string;
      toolkit_slug: string;
      updated_at: string;
    };
    /** @description A search after which no tool was called. */
    SearchWithoutCall: {
      at: string;
      error: string | null;
      log_id: string;
      /** @description Its sentences, and what was found for each. Empty where the project keeps no payloads. */
      queries: {
        primary_tool_slugs: string[];
        use_case: string;
      }[];
      session_id: string;
      /**
       * @description `failed` when nothing was found for one of its sentences.
       * @enum {string}
       */
      status: 'running' | 'success' | 'failed' | 'interrupted';
      user_id: string;
    };
    /** @description One user’s tools, accounts and MCP endpoint. */
    Session: {
      config: components['schemas']['SessionConfig'];
      /** @description One more with each change. */
      config_version: number;
      experimental?: {
        /** @description Tells a model how to use the session. */
        assistive_prompt?: string;
        custom_toolkits?: {
          description: string;
          name: string;
          preload?: boolean;
          slug: string;
          tools: {
            description: string;
            extends_toolkit?: string;
            input_schema: {
              [key: string]: unknown;
            };
            name: string;
            original_slug: string;
            output_schema?: {
              [key: string]: unknown;
            };
            preload?: boolean;
            /** @description What agents call it by; begins with `LOCAL_`. */
            slug: string;
          }[];
        }[];
        custom_tools?: {
          description: string;
          extends_toolkit?: string;
          input_schema: {
            [key: string]: unknown;
          };
          name: string;
          original_slug: string;
          output_schema?: {
            [key: string]: unknown;
          };
          preload?: boolean;
          /** @description What agents call it by; begins with `LOCAL_`. */
          slug: string;
        }[];
        /** @description The saved config that it took. */
        source_session_config?: {
          id: string;
        };
      };
      mcp: {
        /** @constant */
        type: 'http';
        /** @description The MCP endpoint. It takes the key of the project as the API does. */
        url: string;
      };
      session_id: string;
      /** @description What an agent is shown: preloaded tools, then meta tools. */
      tool_router_tools: string[];
      /** @description What was taken, and is worth a second look. */
      warnings?: {
        code: string;
        message: string;
      }[];
    };
    /** @description How a call in a session ended. */
    SessionCallResult: {
      /** @description The account that was used. */
      connected_account_id?: string;
      /** @description What the tool gave. */
      data: {
        [key: string]: unknown;
      };
      /** @description Why the tool failed; null when it did not. */
      error: string | null;
      /** @description The call on the record. */
      log_id?: string;
      /** @enum {string} */
      result_type: 'completed' | 'failed';
    };
    /** @description Which tools and accounts a session may use, and how. */
    SessionConfig: {
      /** @description Auth configs by toolkit. */
      auth_configs: {
        [key: string]: string;
      };
      /** @description Pinned accounts by toolkit. */
      connected_accounts: {
        [key: string]: string[];
      };
      execute: {
        enable_multi_execute: boolean;
      };
      experimental?: {
        link_url_overwrite?: string;
        permissions?: {
          /** @enum {string} */
          default: 'allow_all' | 'ask_every_call' | 'ask_once_per_session';
          overrides: {
            [key: string]: 'always_allow' | 'always_deny' | 'ask_once' | 'ask_always';
          };
        };
        submit_feedback?: {
          enable: boolean;
        };
      };
      manage_connections: {
        callback_url?: string;
        enable_connection_removal: boolean;
        enable_wait_for_connections: boolean;
        enabled: boolean;
      };
      multi_account: {
        enable: boolean;
        max_accounts_per_toolkit: number;
        require_explicit_selection: boolean;
      };
      preload: {
        tools: string[] | 'all';
      };
      search: {
        enable: boolean;
      };
      tags: {
        disabled?: string[];
        enabled?: string[];
      };
      /** @description Absent: every toolkit. */
      toolkits?:
        | {
            enabled: string[];
          }
        | {
            disabled: string[];
          };
      tools: {
        [key: string]:
          | (
              | {
                  enabled: string[];
                }
              | {
                  disabled: string[];
                }
            )
          | {
              tags: {
                disabled?: string[];
                enabled?: string[];
              };
            };
      };
      user_id: string;
      workbench: {
        auto_offload_threshold: number;
        enable: boolean;
        proxy_execution_enabled: boolean;
        /** @enum {string} */
        sandbox_size: 'standard' | 'medium' | 'large' | 'xlarge';
      };
    };
    SessionConnectLink: {
      connected_account_id: string;
      experimental: components['schemas']['AccountSharing'];
      link_token: string;
      /** @description Where the user signs in, once. */
      redirect_url: string;
    };
    SessionFeedback: {
      created_at: string;
      feedback: string;
      id: string;
      /** @description The call that it came by. */
      log_id: string;
      /** @description Null: of the session as a whole. */
      tool_slug: string | null;
    };
    SessionToolkit: {
      /** @description Schemes for which the operator has an app. */
      composio_managed_auth_schemes: string[];
      /** @description The account that a call would use now. */
      connected_account: {
        auth_config: {
          /** @enum {string} */
          auth_scheme:
            | 'OAUTH2'
            | 'OAUTH1'
            | 'API_KEY'
            | 'BASIC'
            | 'BEARER_TOKEN'
            | 'GOOGLE_SERVICE_ACCOUNT'
            | 'NO_AUTH'
            | 'BASIC_WITH_JWT'
            | 'SERVICE_ACCOUNT'
            | 'DCR_OAUTH'
            | 'CIMD_OAUTH'
            | 'S2S_OAUTH2';
          id: string;
          is_composio_managed: boolean;
        };
        created_at: string;
        id: string;
        /** @enum {string} */
        status: 'INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';
        user_id: string;
      } | null;
      /** @constant */
      enabled: true;
      is_no_auth: boolean;
      meta: {
        description: string;
        logo: string;
      };
      name: string;
      slug: string;
    };
    SessionVersion: {
      config: components['schemas']['SessionConfig'];
      created_at: string;
      is_current: boolean;
      version: number;
    };
    TimelineEntry: {
      at: string;
      connected_account_id: string | null;
      detail: {
        [key: string]: unknown;
      } | null;
      duration_ms: number | null;
      event?: string;
      /** @description Of anything else. */
      event_id?: string;
      /** @enum {string} */
      kind:
        | 'created'
        | 'patched'
        | 'deleted'
        | 'linked'
        | 'connected'
        | 'account_changed'
        | 'searched'
        | 'called'
        | 'ran_code'
        | 'other';
      /** @description Of a call. */
      log_id?: string;
      message: string | null;
      parent_log_id: string | null;
      request_id: string | null;
      status: string | null;
      tool_slug: string | null;
      toolkit_slug: string | null;
      user_id: string | null;
    };
    /** @description A tool, with the schemas of what it takes and gives. */
    Tool: {
      available_versions: string[];
      /** @description Names of earlier versions of the API. */
      deprecated: {
        available_versions: string[];
        displayName: string;
        is_deprecated: boolean;
        toolkit: {
          logo: string;
        };
        version: string;
      };
      description: string;
      /** @description A JSON Schema. */
      input_parameters: {
        [key: string]: unknown;
      };
      is_deprecated: boolean;
      name: string;
      no_auth: boolean;
      /** @description A JSON Schema. */
      output_parameters: {
        [key: string]: unknown;
      };
      scope_requirements: null;
      scopes: string[];
      slug: string;
      /** @description Hints such as `readOnlyHint`, `important`, and free words. */
      tags: string[];
      toolkit: {
        logo: string;
        name: string;
        slug: string;
      };
      version: string;
    };
    /** @description The tools of one provider, and how one signs in there. */
    Toolkit: {
      /** @description The schemes that it takes; none where no account is needed. */
      auth_config_details: {
        auth_hint_url?: string;
        fields: {
          /** @description What a developer gives for an auth config. */
          auth_config_creation: {
            optional: {
              /** @description The values that it may have; without them any. Ours. */
              choices?: string[];
              default: string | null;
              description: string;
              displayName: string;
              is_secret: boolean;
              name: string;
              required: boolean;
              /** @constant */
              type: 'string';
            }[];
            required: {
              /** @description The values that it may have; without them any. Ours. */
              choices?: string[];
              default: string | null;
              description: string;
              displayName: string;
              is_secret: boolean;
              name: string;
              required: boolean;
              /** @constant */
              type: 'string';
            }[];
          };
          /** @description What a user gives to connect an account. */
          connected_account_initiation: {
            optional: {
              /** @description The values that it may have; without them any. Ours. */
              choices?: string[];
              default: string | null;
              description: string;
              displayName: string;
              is_secret: boolean;
              name: string;
              required: boolean;
              /** @constant */
              type: 'string';
            }[];
            required: {
              /** @description The values that it may have; without them any. Ours. */
              choices?: string[];
              default: string | null;
              description: string;
              displayName: string;
              is_secret: boolean;
              name: string;
              required: boolean;
              /** @constant */
              type: 'string';
            }[];
          };
        };
        /** @enum {string} */
        mode:
          | 'OAUTH2'
          | 'OAUTH1'
          | 'API_KEY'
          | 'BASIC'
          | 'BEARER_TOKEN'
          | 'GOOGLE_SERVICE_ACCOUNT'
          | 'NO_AUTH'
          | 'BASIC_WITH_JWT'
          | 'SERVICE_ACCOUNT'
          | 'DCR_OAUTH'
          | 'CIMD_OAUTH'
          | 'S2S_OAUTH2';
        name: string;
      }[];
      /**
       * @description Its tools are known once an account is connected in the project. Ours.
       * @constant
       */
      awaits_account?: true;
      base_url?: string;
      composio_managed_auth: {
        /** @enum {string} */
        mode:
          | 'OAUTH2'
          | 'OAUTH1'
          | 'API_KEY'
          | 'BASIC'
          | 'BEARER_TOKEN'
          | 'GOOGLE_SERVICE_ACCOUNT'
          | 'NO_AUTH'
          | 'BASIC_WITH_JWT'
          | 'SERVICE_ACCOUNT'
          | 'DCR_OAUTH'
          | 'CIMD_OAUTH'
          | 'S2S_OAUTH2';
        scopes: {
          available: string[];
        };
      }[];
      /** @description Schemes for which the operator has an app. */
      composio_managed_auth_schemes: (
        | 'OAUTH2'
        | 'OAUTH1'
        | 'API_KEY'
        | 'BASIC'
        | 'BEARER_TOKEN'
        | 'GOOGLE_SERVICE_ACCOUNT'
        | 'NO_AUTH'
        | 'BASIC_WITH_JWT'
        | 'SERVICE_ACCOUNT'
        | 'DCR_OAUTH'
        | 'CIMD_OAUTH'
        | 'S2S_OAUTH2'
      )[];
      deprecated: {
        rawProxyInfoByAuthSchemes: unknown[];
        toolkitId: string;
      };
      /** @constant */
      enabled: true;
      /** @constant */
      is_local_toolkit: false;
      meta: {
        available_versions: string[];
        categories: {
          name: string;
          slug: string;
        }[];
        created_at: string;
        description: string;
        logo: string;
        tools_count: number;
        triggers_count: number;
        updated_at: string;
        version: string;
      };
      name: string;
      /** @description Absent of what a project or the operator added. */
      quality?: components['schemas']['ToolkitQuality'];
      slug: string;
      /** @enum {string} */
      type: 'custom' | 'native';
    };
    ToolkitCategory: {
      id: string;
      name: string;
    };
    /** @description A difference between what is approved and what the source says now. */
    ToolkitChange: {
      /** @description As it is approved; null where it is new. */
      approved: {
        [key: string]: unknown;
      } | null;
      /** @enum {string} */
      change: 'added' | 'changed' | 'removed';
      /** @description As the source says it now; null where it is gone. */
      latest: {
        [key: string]: unknown;
      } | null;
      /**
       * @description `settings` is where calls and credentials go.
       * @enum {string}
       */
      subject: 'settings' | 'tool';
      tool_slug: string | null;
    };
    /** @description What came of reading a source. */
    ToolkitImport: {
      adjusted: {
        operation: string;
        place: string;
        reason: string;
      }[];
      imported: string[];
      refused: {
        operation: string;
        place: string;
        reason: string;
      }[];
      renamed: {
        from: string;
        reason: string;
        to: string;
      }[];
      slug: string;
      toolkit: components['schemas']['ProjectToolkit'];
    };
    /** @description A toolkit in a list. */
    ToolkitItem: {
      auth_schemes: (
        | 'OAUTH2'
        | 'OAUTH1'
        | 'API_KEY'
        | 'BASIC'
        | 'BEARER_TOKEN'
        | 'GOOGLE_SERVICE_ACCOUNT'
        | 'NO_AUTH'
        | 'BASIC_WITH_JWT'
        | 'SERVICE_ACCOUNT'
        | 'DCR_OAUTH'
        | 'CIMD_OAUTH'
        | 'S2S_OAUTH2'
      )[];
      /**
       * @description Its tools are known once an account is connected in the project. Ours.
       * @constant
       */
      awaits_account?: true;
      /** @description Schemes for which the operator has an app. */
      composio_managed_auth_schemes: (
        | 'OAUTH2'
        | 'OAUTH1'
        | 'API_KEY'
        | 'BASIC'
        | 'BEARER_TOKEN'
        | 'GOOGLE_SERVICE_ACCOUNT'
        | 'NO_AUTH'
        | 'BASIC_WITH_JWT'
        | 'SERVICE_ACCOUNT'
        | 'DCR_OAUTH'
        | 'CIMD_OAUTH'
        | 'S2S_OAUTH2'
      )[];
      deprecated: {
        toolkitId: string;
      };
      /** @constant */
      is_local_toolkit: false;
      meta: {
        categories: {
          id: string;
          name: string;
        }[];
        created_at: string;
        description: string;
        logo: string;
        tools_count: number;
        triggers_count: number;
        updated_at: string;
        version: string;
      };
      name: string;
      no_auth: boolean;
      /** @description Absent of what a project or the operator added. */
      quality?: components['schemas']['ToolkitQuality'];
      slug: string;
      /** @enum {string} */
      type: 'custom' | 'native';
    };
    /** @description What is known of how good a toolkit that ships is. Ours. */
    ToolkitQuality: {
      /**
       * @description How its tools came to be: written by hand and checked against the document of its provider, imported from that, or of the MCP server of the vendor.
       * @enum {string}
       */
      grade: 'written' | 'imported' | 'vendor_mcp';
      /** @description Where its address and sign-in, or its tools, are from. */
      source: string | null;
      source_read_on: string | null;
      /** @description Whether somebody has used it with the living provider. */
      tried: boolean;
      tried_on: string | null;
    };
    /** @description What came of reading a source again. */
    ToolkitSync: {
      adjusted: {
        operation: string;
        place: string;
        reason: string;
      }[];
      imported: string[];
      refused: {
        operation: string;
        place: string;
        reason: string;
      }[];
      renamed: {
        from: string;
        reason: string;
        to: string;
      }[];
      slug: string;
      /** @description Tools that were read. */
      synced_count: number;
      toolkit: components['schemas']['ProjectToolkit'];
      /** @description The version that is served. */
      version: string;
    };
    /** @description Tools for each sentence, their schemas, and what to do next. */
    ToolSearchResult: {
      /** @description Why the tool failed; null when it did not. */
      error: string | null;
      success: boolean;
    } & {
      [key: string]: unknown;
    };
    TransferKey: {
      /** @constant */
      alg: 'RSA-OAEP-256';
      e: string;
      kid: string;
      /** @constant */
      kty: 'RSA';
      n: string;
      /** @constant */
      use: 'enc';
    };
    /** @description Something that a trigger saw, or that the platform tells. */
    TriggerEvent: {
      auth_config_id: string | null;
      connected_account_id: string | null;
      /** @description `log_…`, as `Last-Event-ID` and in `metadata` of what is posted. */
      id: string;
      /** @description Its data was too large, and its texts are cut. */
      is_clipped: boolean;
      stored_at: string;
      /** @description When it happened: by the provider’s clock, where it says. */
      timestamp: string;
      toolkit_slug: string | null;
      /** @description Null, as what follows, for an event that no trigger saw. */
      trigger_id: string | null;
      trigger_slug: string | null;
      /** @enum {string} */
      type:
        | 'composio.trigger.message'
        | 'composio.connected_account.expired'
        | 'composio.connected_account.activated'
        | 'composio.toolkit.changes_held_back'
        | 'composio.session.approval_wanted'
        | 'composio.trigger.disabled';
      user_id: string | null;
    };
    /** @description An event with what it holds. */
    TriggerEventDetail: {
      auth_config_id: string | null;
      connected_account_id: string | null;
      data: {
        [key: string]: unknown;
      };
      /** @description `log_…`, as `Last-Event-ID` and in `metadata` of what is posted. */
      id: string;
      /** @description Its data was too large, and its texts are cut. */
      is_clipped: boolean;
      /** @description As version V3 tells it of an event that no trigger saw. */
      metadata: {
        [key: string]: unknown;
      };
      stored_at: string;
      /** @description When it happened: by the provider’s clock, where it says. */
      timestamp: string;
      toolkit_slug: string | null;
      /** @description Null, as what follows, for an event that no trigger saw. */
      trigger_id: string | null;
      trigger_slug: string | null;
      /** @enum {string} */
      type:
        | 'composio.trigger.message'
        | 'composio.connected_account.expired'
        | 'composio.connected_account.activated'
        | 'composio.toolkit.changes_held_back'
        | 'composio.session.approval_wanted'
        | 'composio.trigger.disabled';
      user_id: string | null;
    };
    /** @description One trigger type for one account with one config. */
    TriggerInstance: {
      auth_config_id: string;
      connected_account_id: string;
      connected_account_uuid: string;
      /**
       * @deprecated
       * @description An older name of `connected_account_id`.
       */
      connectedAccountId: string;
      created_at: string;
      /** @deprecated */
      deprecated: {
        createdAt: string;
      };
      /** @description Null while it is enabled. */
      disabled_at: string | null;
      disabled_reason:
        | (
            | 'by_developer'
            | 'account_disabled'
            | 'connection_expired'
            | 'webhook_refresh_failed'
            | 'unhealthy_polling'
          )
        | null;
      /**
       * @deprecated
       * @description An older name of `disabled_at`.
       */
      disabledAt: string | null;
      id: string;
      /** @description What went wrong last, while it does. */
      last_error: string | null;
      last_event_at: string | null;
      last_polled_at: string | null;
      /**
       * @deprecated
       * @description Always empty: older clients want it.
       */
      state: {
        [key: string]: unknown;
      };
      toolkit_slug: string;
      trigger_config: {
        [key: string]: unknown;
      };
      /** @description What is known of its side at the provider, as JSON text. */
      trigger_data?: string;
      /** @description The slug of its type. */
      trigger_name: string;
      /**
       * @deprecated
       * @description An older name of `trigger_config`.
       */
      triggerConfig: {
        [key: string]: unknown;
      };
      /**
       * @deprecated
       * @description An older name of `trigger_name`.
       */
      triggerName: string;
      /**
       * @description How its events come in.
       * @enum {string}
       */
      type: 'poll' | 'webhook';
      updated_at: string;
      /**
       * @deprecated
       * @description An older name of `updated_at`.
       */
      updatedAt: string;
      user_id: string;
      uuid: string;
      /** @description Of the toolkit, as it was when the instance was made. */
      version: string;
    };
    /** @description An event that a trigger saw, in the form of older clients. */
    TriggerLog: {
      /** @description The toolkit. */
      appName: string;
      /** @description The project. */
      clientId: string;
      connectionId: string;
      createdAt: string;
      /** @description The user. */
      entityId: string;
      id: string;
      meta: {
        clientId: string;
        connectionId: string;
        createdAt: string;
        id: string;
        provider: string;
        triggerClientError?: string;
        /** @description JSON, as text. */
        triggerClientPayload?: string;
        triggerClientResponse?: string;
        triggerId: string;
        triggerName: string;
        triggerNanoId: string;
        /** @description JSON, as text. */
        triggerProviderPayload?: string;
        /** @constant */
        type: 'trigger';
        updatedAt: string;
      };
      /**
       * @description `error`: its delivery to the webhook was given up.
       * @enum {string}
       */
      status: 'success' | 'error';
      /** @constant */
      type: 'trigger';
    };
    /** @description A kind of event that a toolkit can tell of. */
    TriggerType: {
      /** @description The settings of an instance, as JSON Schema. */
      config: {
        [key: string]: unknown;
      };
      description: string;
      /** @description What has to be so at the provider, for the developer. */
      instructions: string;
      /** @description False: it comes by webhooks alone, and no provider reaches this installation. */
      is_available: boolean;
      name: string;
      /** @description What an event carries, as JSON Schema. */
      payload: {
        [key: string]: unknown;
      };
      /** @description Whether the OAuth app needs a webhook endpoint before instances can be made. */
      requires_webhook_endpoint_setup: boolean;
      slug: string;
      toolkit: {
        logo: string;
        name: string;
        slug: string;
      };
      /**
       * @description How its events come in here.
       * @enum {string}
       */
      type: 'webhook' | 'poll';
      version: string;
    };
    /** @description How much was used of one thing, and by whom or when. */
    UsageBreakdown: {
      /** @description Of calls, all together. */
      duration_ms?: number;
      entity_type: string;
      event_count: number;
      /** @description Of calls. */
      failed_count?: number;
      groups: {
        /** @description Of calls, all together. */
        duration_ms?: number;
        event_count: number;
        /** @description Of calls. */
        failed_count?: number;
        key: string;
        /** @description As text: other units may have fractions. */
        total_quantity: string;
      }[];
      /** @description As text: other units may have fractions. */
      total_quantity: string;
      unit: string;
    };
    /** @description How much was used, by what is counted. */
    UsageSummary: {
      entities: {
        [key: string]: {
          /** @description Of calls, all together. */
          duration_ms?: number;
          event_count: number;
          /** @description Of calls. */
          failed_count?: number;
          /** @description As text: other units may have fractions. */
          total_quantity: string;
          unit: string;
        };
      };
      /**
       * @description What the hosted service would have charged, in USD.
       * @constant
       */
      instant_charge: '0';
    };
    UserKey: {
      created_at: string;
      expires_at: string | null;
      id: string;
      /** @description The key itself in the answer of its creation, later only a hint of it. */
      key: string;
      /** @description To about five minutes; null: never. */
      last_used_at: string | null;
      name: string;
    };
    /** @description One event on its way to the project’s webhook. */
    WebhookDelivery: {
      attempts: number;
      created_at: string;
      /** @description What was wrong with the last attempt. */
      error: string | null;
      event_id: string;
      event_type: string;
      finished_at: string | null;
      /** @description The same over all attempts: the header webhook-id. */
      id: string;
      next_attempt_at: string | null;
      /** @description Of the last attempt. */
      response_status: number | null;
      /** @enum {string} */
      status: 'waiting' | 'delivered' | 'failed';
      subscription_id: string;
      trigger_id: string | null;
      trigger_slug: string | null;
      user_id: string | null;
    };
    /** @description A delivery with its attempts. */
    WebhookDeliveryDetail: {
      /** @description The newest fifty, oldest first. */
      attempt_list: {
        at: string;
        duration_ms: number;
        error: string | null;
        number: number;
        request_headers: {
          [key: string]: string;
        };
        /** @description The beginning of it. */
        response_body: string | null;
        response_headers: {
          [key: string]: string;
        } | null;
        response_status: number | null;
        url: string;
        /** @enum {string} */
        version: 'V1' | 'V2' | 'V3';
      }[];
      attempts: number;
      /** @description The beginning of what is posted, in the subscription’s version. */
      body: string;
      created_at: string;
      /** @description What was wrong with the last attempt. */
      error: string | null;
      event_id: string;
      event_type: string;
      finished_at: string | null;
      /** @description The same over all attempts: the header webhook-id. */
      id: string;
      next_attempt_at: string | null;
      /** @description Of the last attempt. */
      response_status: number | null;
      /** @enum {string} */
      status: 'waiting' | 'delivered' | 'failed';
      subscription_id: string;
      trigger_id: string | null;
      trigger_slug: string | null;
      user_id: string | null;
    };
    /** @description Where the webhooks of one OAuth app of a provider come in. */
    WebhookEndpoint: {
      /** @description Of the OAuth app that posts here. */
      client_id: string | null;
      created_at: string;
      /** @description What was given, secrets masked. */
      data: {
        [key: string]: string;
      } | null;
      id: string;
      toolkit_slug: string;
      /** @description What is entered at the provider. It does not change. */
      webhook_url: string;
    };
    /** @description Where a project’s events are posted to. */
    WebhookSubscription: {
      created_at: string;
      enabled_events: string[];
      failing_since: string | null;
      id: string;
      last_delivered_at: string | null;
      last_error: string | null;
      /** @description The whole text, as UTF-8, is the key of the signatures. Left out for a key that may only read, and for viewers. */
      secret?: string;
      /**
       * @description failing: nothing has arrived since failing_since. stopped: the endpoint answered 410, and nothing is sent until the subscription is changed.
       * @enum {string}
       */
      status: 'active' | 'failing' | 'stopped';
      updated_at: string;
      /** @enum {string} */
      version: 'V1' | 'V2' | 'V3';
      webhook_url: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export interface operations {
  getAuthorizationServerMetadata: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            authorization_endpoint: string;
            authorization_response_iss_parameter_supported: boolean;
            client_id_metadata_document_supported: boolean;
            code_challenge_methods_supported: string[];
            grant_types_supported: string[];
            issuer: string;
            registration_endpoint: string;
            response_modes_supported: string[];
            response_types_supported: string[];
            revocation_endpoint: string;
            revocation_endpoint_auth_methods_supported: string[];
            scopes_supported: string[];
            token_endpoint: string;
            token_endpoint_auth_methods_supported: string[];
          };
        };
      };
    };
  };
  getSessionResourceMetadata: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            authorization_servers: string[];
            bearer_methods_supported: string[];
            resource: string;
            resource_name: string;
            scopes_supported: string[];
          };
        };
      };
    };
  };
  revokeLeakedKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "api_keys": [
         *         "ak_found_in_a_public_place"
         *       ]
         *     }
         */
        'application/json': {
          api_keys: string[];
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            received: number;
          };
        };
      };
    };
  };
  listAuthConfigs: {
    parameters: {
      query?: {
        cursor?: string;
        is_composio_managed?: boolean;
        limit?: number | null;
        search?: string;
        show_disabled?: boolean;
        toolkit_slug?: string | string[];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['AuthConfig'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  createAuthConfig: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "toolkit": {
         *         "slug": "github"
         *       },
         *       "auth_config": {
         *         "type": "use_custom_auth",
         *         "authScheme": "OAUTH2",
         *         "credentials": {
         *           "client_id": "my-app",
         *           "client_secret": "its-secret"
         *         }
         *       }
         *     }
         */
        'application/json': {
          auth_config?:
            | {
                credentials?: {
                  [key: string]: unknown;
                };
                is_enabled_for_tool_router?: boolean;
                name?: string;
                proxy_config?: null;
                restrict_to_following_tools?: string[];
                sealed_credentials?: {
                  [key: string]: string;
                };
                shared_credentials?: null;
                tool_access_config?: {
                  tools_available_for_execution?: string[];
                  tools_for_connected_account_creation?: string[];
                };
                /** @constant */
                type: 'use_composio_managed_auth';
              }
            | {
                /** @enum {string} */
                auth_scheme?:
                  | 'OAUTH2'
                  | 'OAUTH1'
                  | 'API_KEY'
                  | 'BASIC'
                  | 'BEARER_TOKEN'
                  | 'GOOGLE_SERVICE_ACCOUNT'
                  | 'NO_AUTH'
                  | 'BASIC_WITH_JWT'
                  | 'SERVICE_ACCOUNT'
                  | 'DCR_OAUTH'
                  | 'CIMD_OAUTH'
                  | 'S2S_OAUTH2';
                /** @enum {string} */
                authScheme?:
                  | 'OAUTH2'
                  | 'OAUTH1'
                  | 'API_KEY'
                  | 'BASIC'
                  | 'BEARER_TOKEN'
                  | 'GOOGLE_SERVICE_ACCOUNT'
                  | 'NO_AUTH'
                  | 'BASIC_WITH_JWT'
                  | 'SERVICE_ACCOUNT'
                  | 'DCR_OAUTH'
                  | 'CIMD_OAUTH'
                  | 'S2S_OAUTH2';
                credentials?: {
                  [key: string]: unknown;
                };
                is_enabled_for_tool_router?: boolean;
                name?: string;
                proxy_config?: null;
                restrict_to_following_tools?: string[];
                sealed_credentials?: {
                  [key: string]: string;
                };
                shared_credentials?: null;
                tool_access_config?: {
                  tools_available_for_execution?: string[];
                  tools_for_connected_account_creation?: string[];
                };
                /** @constant */
                type: 'use_custom_auth';
              };
          toolkit: {
            slug: string;
          };
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            auth_config: {
              /** @enum {string} */
              auth_scheme:
                | 'OAUTH2'
                | 'OAUTH1'
                | 'API_KEY'
                | 'BASIC'
                | 'BEARER_TOKEN'
                | 'GOOGLE_SERVICE_ACCOUNT'
                | 'NO_AUTH'
                | 'BASIC_WITH_JWT'
                | 'SERVICE_ACCOUNT'
                | 'DCR_OAUTH'
                | 'CIMD_OAUTH'
                | 'S2S_OAUTH2';
              id: string;
              is_composio_managed: boolean;
              restrict_to_following_tools: string[];
            };
            toolkit: {
              slug: string;
            };
          };
        };
      };
    };
  };
  getAuthConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The auth config, `ac_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuthConfig'];
        };
      };
    };
  };
  deleteAuthConfig: {
    parameters: {
      query?: {
        revoke_on_delete?: boolean;
      };
      header?: never;
      path: {
        /** @description The auth config, `ac_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
    };
  };
  updateAuthConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The auth config, `ac_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "custom",
         *       "scopes": [
         *         "repo"
         *       ]
         *     }
         */
        'application/json': {
          credentials?: {
            [key: string]: unknown;
          };
          is_enabled_for_tool_router?: boolean;
          name?: string;
          proxy_config?: null;
          restrict_to_following_tools?: string[];
          scopes?: (string | string[]) | null;
          sealed_credentials?: {
            [key: string]: string;
          };
          shared_credentials?: null;
          tool_access_config?: {
            tools_available_for_execution?: string[];
            tools_for_connected_account_creation?: string[];
          };
          /** @enum {string} */
          type: 'custom' | 'default';
          user_scopes?: (string | string[]) | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
    };
  };
  setAuthConfigStatus: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The auth config, `ac_…`. */
        id: string;
        /** @description What it shall be. */
        status: 'ENABLED' | 'DISABLED';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
    };
  };
  checkAuthConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The auth config, `ac_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuthConfigCheck'];
        };
      };
    };
  };
  getCurrentProject: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            api_key: null;
            org_member: {
              email: string;
              id: string;
              metadata: Record<string, never>;
              name: string;
              role: string;
            } | null;
            project:
              | (
                  | {
                      created_at: string;
                      /** @constant */
                      deleted: false;
                      display_name: string | null;
                      email: string;
                      event_webhook_url: null;
                      id: string;
                      /** @constant */
                      is_new_webhook: true;
                      last_subscribed_at: null;
                      name: string;
                      nano_id: string;
                      org: {
                        id: string;
                        name: string;
                        /** @constant */
                        plan: 'self-hosted';
                      };
                      org_id: string;
                      /** @constant */
                      triggers_enabled: false;
                      updated_at: string;
                      webhook_secret: null;
                      webhook_url: null;
                      /** @constant */
                      webhook_version: 'V3';
                    }
                  | components['schemas']['Project']
                )
              | null;
          };
        };
      };
    };
  };
  createCliSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "scope": "user",
         *       "source": "laptop"
         *     }
         */
        'application/json': {
          /**
           * @default project
           * @enum {string}
           */
          scope?: 'project' | 'user';
          source?: string | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description For people to compare with the one on the page. */
            code: string;
            expiresAt: string;
            id: string;
            /** @enum {string} */
            scope: 'project' | 'user';
            /** @enum {string} */
            status: 'pending' | 'linked';
          };
        };
      };
    };
  };
  getCliSession: {
    parameters: {
      query: {
        id: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            account: {
              email: string;
              id: string;
              name: string;
            } | null;
            api_key: string | null;
            /** @description For people to compare with the one on the page. */
            code: string;
            expiresAt: string;
            id: string;
            /** @enum {string} */
            scope: 'project' | 'user';
            /** @enum {string} */
            status: 'pending' | 'linked';
          };
        };
      };
    };
  };
  authorizeCliRealtime: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "socket_id": "123.456",
         *       "channel_name": "private-proj_4dE2xQ_triggers"
         *     }
         */
        'application/json': {
          /** @description `private-{project_id}_triggers`, or `private-cli-{project_id}`. */
          channel_name: string;
          /** @description The id that the connection was given when it was opened. */
          socket_id: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description `{pusher_key}:{signature}`, for this connection alone. */
            auth: string;
          };
        };
      };
    };
  };
  getCliRealtimeCredentials: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            project_id: string;
            /** @description Where an official SDK finds this server in it. */
            pusher_cluster: string;
            /** @description The application key of the Pusher protocol. */
            pusher_key: string;
          };
        };
      };
    };
  };
  listConnectedAccounts: {
    parameters: {
      query?: {
        account_type?: 'PRIVATE' | 'SHARED' | 'ALL';
        auth_config_ids?: string | string[];
        connected_account_ids?: string | string[];
        cursor?: string;
        limit?: number | null;
        order_by?: 'created_at' | 'updated_at';
        order_direction?: 'asc' | 'desc';
        statuses?: (
          | 'INITIALIZING'
          | 'INITIATED'
          | 'ACTIVE'
          | 'FAILED'
          | 'EXPIRED'
          | 'INACTIVE'
          | 'REVOKED'
        )[];
        toolkit_slugs?: string | string[];
        user_ids?: string | string[];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['ConnectedAccount'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  createConnectedAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "auth_config": {
         *         "id": "ac_1234567890"
         *       },
         *       "connection": {
         *         "user_id": "user_a",
         *         "state": {
         *           "authScheme": "API_KEY",
         *           "val": {
         *             "api_key": "your-key"
         *           }
         *         }
         *       }
         *     }
         */
        'application/json': {
          auth_config: {
            id: string;
          };
          /** @default {} */
          connection?: {
            alias?: string;
            /** Format: uri */
            callback_url?: string;
            data?: {
              [key: string]: unknown;
            };
            deprecated_is_v1_rerouted?: unknown;
            experimental?: {
              /** @enum {string} */
              account_type?: 'PRIVATE' | 'SHARED';
              acl_config_for_shared?: {
                allow_all_users?: boolean;
                allowed_user_ids?: string[];
                not_allowed_user_ids?: string[];
              };
            };
            /** Format: uri */
            redirect_uri?: string;
            state?: {
              authScheme: string;
              val: {
                [key: string]: unknown;
              };
            };
            /** @default default */
            user_id?: string;
          };
          /** @default false */
          validate_credentials?: boolean;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            connectionData: {
              /** @enum {string} */
              authScheme:
                | 'OAUTH2'
                | 'OAUTH1'
                | 'API_KEY'
                | 'BASIC'
                | 'BEARER_TOKEN'
                | 'GOOGLE_SERVICE_ACCOUNT'
                | 'NO_AUTH'
                | 'BASIC_WITH_JWT'
                | 'SERVICE_ACCOUNT'
                | 'DCR_OAUTH'
                | 'CIMD_OAUTH'
                | 'S2S_OAUTH2';
              val: {
                redirectUrl?: string;
                /** @enum {string} */
                status:
                  | 'INITIALIZING'
                  | 'INITIATED'
                  | 'ACTIVE'
                  | 'FAILED'
                  | 'EXPIRED'
                  | 'INACTIVE'
                  | 'REVOKED';
              };
            };
            id: string;
            redirect_uri: string | null;
            /** @description Where the user signs in; null where the account is ready. */
            redirect_url: string | null;
            /** @enum {string} */
            status: 'INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';
          };
        };
      };
    };
  };
  getConnectedAccount: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The account, `ca_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectedAccount'];
        };
      };
    };
  };
  deleteConnectedAccount: {
    parameters: {
      query?: {
        revoke_on_delete?: boolean;
      };
      header?: never;
      path: {
        /** @description The account, `ca_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            success: true;
          };
        };
      };
    };
  };
  updateConnectedAccount: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The account, `ca_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          alias?: string | '';
          connection?: {
            state?: {
              /** @enum {string} */
              authScheme:
                | 'OAUTH2'
                | 'OAUTH1'
                | 'API_KEY'
                | 'BASIC'
                | 'BEARER_TOKEN'
                | 'GOOGLE_SERVICE_ACCOUNT'
                | 'NO_AUTH'
                | 'BASIC_WITH_JWT'
                | 'SERVICE_ACCOUNT'
                | 'DCR_OAUTH'
                | 'CIMD_OAUTH'
                | 'S2S_OAUTH2';
              val: {
                [key: string]: string | null;
              };
            };
          };
          experimental?: {
            /** @enum {string} */
            account_type?: 'PRIVATE' | 'SHARED';
            acl_config_for_shared?: {
              allow_all_users?: boolean;
              allowed_user_ids?: string[];
              not_allowed_user_ids?: string[];
            };
          };
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @enum {string} */
            status: 'INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';
            /** @constant */
            success: true;
          };
        };
      };
    };
  };
  refreshConnectedAccount: {
    parameters: {
      query?: {
        redirect_url?: string;
      };
      header?: never;
      path: {
        /** @description The account, `ca_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** Format: uri */
          redirect_url?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            redirect_url: string | null;
            /** @enum {string} */
            status: 'INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';
          };
        };
      };
    };
  };
  revokeConnectedAccount: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The account, `ca_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            connected_account: {
              id: string;
              /** @enum {string} */
              status: 'INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';
            };
            /** @description What was really revoked. */
            revoked_tokens: ('access_token' | 'refresh_token' | 'credential')[];
          };
        };
      };
    };
  };
  setConnectedAccountStatus: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The account, `ca_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "enabled": false
         *     }
         */
        'application/json': {
          enabled: boolean;
          reason?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            success: true;
          };
        };
      };
    };
  };
  completeAccountAuth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          session_uri: string;
          user_id: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            connected_account_id: string;
            toolkit_slug: string;
          };
        };
      };
    };
  };
  createConnectLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "auth_config_id": "ac_1234567890",
         *       "user_id": "user_a"
         *     }
         */
        'application/json': {
          alias?: string;
          auth_config_id: string;
          /** Format: uri */
          callback_url?: string;
          connection_data?: {
            [key: string]: unknown;
          };
          experimental?: {
            /** @enum {string} */
            account_type?: 'PRIVATE' | 'SHARED';
            acl_config_for_shared?: {
              allow_all_users?: boolean;
              allowed_user_ids?: string[];
              not_allowed_user_ids?: string[];
            };
          };
          user_id: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectLink'];
        };
      };
    };
  };
  getConsoleSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsoleSession'];
        };
      };
    };
  };
  signOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description Who signed in at the OpenID provider is still signed in there; this ends it. */
            provider_sign_out_url: string | null;
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  listConsoleSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              address: string | null;
              created_at: string;
              /** @description Whether it is the one that asks. */
              current: boolean;
              expires_at: string;
              id: string;
              last_seen_at: string;
              /** @enum {string} */
              signed_in_by: 'link' | 'password' | 'oidc';
              user_agent: string | null;
            }[];
          };
        };
      };
    };
  };
  endOwnConsoleSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  endOwnConsoleSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The session, `cs_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  listSignInWays: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            link: boolean;
            oidc: {
              /** @description What people know the provider as. */
              name: string;
              /** @description Where one begins: it comes back to this origin, and knows the browser there. */
              page: string;
            } | null;
            password: boolean;
          };
        };
      };
    };
  };
  signInByLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "token": "psl_…"
         *     }
         */
        'application/json': {
          token: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsoleSession'];
        };
      };
    };
  };
  readSignInLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "token": "psl_…"
         *     }
         */
        'application/json': {
          token: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            email: string;
            expires_at: string;
            /** @description They have neither a password nor a key yet, and have not signed in at the OpenID provider. */
            is_new: boolean;
            name: string;
          };
        };
      };
    };
  };
  signInByProvider: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "answer": {
         *         "state": "pos_…",
         *         "code": "…"
         *       }
         *     }
         */
        'application/json': {
          answer: {
            [key: string]: string;
          };
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsoleSession'];
        };
      };
    };
  };
  beginSignInByProvider: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description At the provider: the browser goes there, and comes back to `/console/sign-in/callback`. */
            url: string;
          };
        };
      };
    };
  };
  signInByPassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "password": "correct horse battery staple"
         *     }
         */
        'application/json': {
          email: string;
          password: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsoleSession'];
        };
      };
    };
  };
  listCustomToolkits: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['ProjectToolkit'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  getCustomToolkit: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectToolkit'];
        };
      };
    };
  };
  deleteCustomToolkit: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            auth_configs_deleted: number;
            connected_accounts_deleted: number;
            /** @constant */
            deleted: true;
            /** @description Empty: credentials are revoked before the answer. */
            revoke_job_ids: string[];
            slug: string;
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  approveCustomToolkit: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectToolkit'];
        };
      };
    };
  };
  listCustomToolkitChanges: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['ToolkitChange'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  refreshCustomToolkit: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ToolkitImport'];
        };
      };
    };
  };
  refuseCustomToolkit: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectToolkit'];
        };
      };
    };
  };
  syncCustomToolkit: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          connected_account_id?: string;
          slug: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ToolkitSync'];
        };
      };
    };
  };
  upsertCustomToolkit: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "slug": "acme",
         *       "source": {
         *         "type": "mcp",
         *         "url": "https://mcp.example.com/mcp"
         *       }
         *     }
         */
        'application/json': {
          approve?: boolean;
          name?: string;
          slug: string;
          source?:
            | {
                /** Format: uri */
                base_url?: string;
                /** Format: uri */
                baseUrl?: string;
                document?:
                  | string
                  | {
                      [key: string]: unknown;
                    };
                /** @constant */
                type: 'openapi';
                /** Format: uri */
                url?: string;
              }
            | {
                headers?: {
                  [key: string]: string;
                };
                /** @constant */
                type: 'mcp';
                /** Format: uri */
                url: string;
              }
            | {
                package?: number;
                registry?: string;
                remote?: number;
                server: string;
                /** @constant */
                type: 'mcp_registry';
                values?: {
                  [key: string]: string;
                };
                version?: string;
              }
            | {
                package: {
                  [key: string]: unknown;
                };
                /** @constant */
                type: 'stdio';
                values?: {
                  [key: string]: string;
                };
              };
          toolkit_config?: {
            /** Format: uri */
            app_url: string;
            auth_schemes: (
              | {
                  /** @constant */
                  mode: 'NO_AUTH';
                }
              | {
                  api_key_field?: {
                    description?: string;
                    display_name?: string;
                  };
                  headers: {
                    [key: string]: string;
                  };
                  /** @constant */
                  mode: 'API_KEY';
                }
              | {
                  /** Format: uri */
                  discovery_url: string;
                  /** @enum {string} */
                  mode: 'DCR_OAUTH' | 'CIMD_OAUTH';
                }
            )[];
            logo_file?: {
              content: string;
              /** @enum {string} */
              mime_type: 'image/png' | 'image/jpeg';
            };
            name: string;
          };
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ToolkitImport'];
        };
      };
    };
  };
  listFiles: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
        tool_slug?: string;
        toolkit_slug?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['File'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  requestFileUpload: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "toolkit_slug": "gmail",
         *       "tool_slug": "GMAIL_SEND_EMAIL",
         *       "filename": "report.pdf",
         *       "mimetype": "application/pdf",
         *       "md5": "d41d8cd98f00b204e9800998ecf8427e"
         *     }
         */
        'application/json': {
          filename: string;
          md5: string;
          mimetype: string;
          tool_slug: string;
          toolkit_slug: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FileUpload'];
        };
      };
    };
  };
  listExecutionFields: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            fields: {
              action_execution: {
                displayName: string;
                id: string;
                /** @constant */
                type: 'string';
              }[];
            };
          };
        };
      };
    };
  };
  getExecution: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The call, `log_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExecutionDetail'];
        };
      };
    };
  };
  listExecutions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          case_sensitive?: boolean | null;
          cursor?: number | null;
          from?: number;
          /**
           * @description How many a page has. 500 at most: more is taken for 500.
           * @default 20
           */
          limit?: number | null;
          /** @default [] */
          search_params?: {
            /**
             * @default text
             * @enum {string}
             */
            field?:
              | 'tool_slug'
              | 'toolkit_slug'
              | 'connected_account_id'
              | 'auth_config_id'
              | 'status'
              | 'user_id'
              | 'session_id'
              | 'sandbox_id'
              | 'request_id'
              | 'log_id'
              | 'text'
              | 'actionKey'
              | 'appKey'
              | 'connectedAccountId'
              | 'entityId'
              | 'sessionId'
              | 'id';
            /**
             * @default contains
             * @enum {string}
             */
            operation?: '==' | '!=' | 'contains' | 'not_contains';
            /** @default  */
            value?: string;
          }[];
          to?: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Execution'][];
            nextCursor: number | null;
          };
        };
      };
    };
  };
  authorizeRealtime: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "socket_id": "123.456",
         *       "channel_name": "private-proj_4dE2xQ_triggers"
         *     }
         */
        'application/json': {
          /** @description `private-{project_id}_triggers`, or `private-cli-{project_id}`. */
          channel_name: string;
          /** @description The id that the connection was given when it was opened. */
          socket_id: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description `{pusher_key}:{signature}`, for this connection alone. */
            auth: string;
          };
        };
      };
    };
  };
  getRealtimeCredentials: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            project_id: string;
            /** @description Where an official SDK finds this server in it. */
            pusher_cluster: string;
            /** @description The application key of the Pusher protocol. */
            pusher_key: string;
          };
        };
      };
    };
  };
  getTriggerLog: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The event, `log_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            log: components['schemas']['TriggerLog'];
          };
        };
      };
    };
  };
  listTriggerLogs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Where the page begins: the `next_cursor` of the page before. Without it: the first page. */
          cursor?: string | null;
          /** @description The user; `userId` is the same. */
          entityId?: string | null;
          from?: number | null;
          /** @description False: pages may have up to 100, and not only 20. */
          include_payload?: boolean | null;
          /** @description The auth config. */
          integrationId?: string | null;
          /**
           * @description How many a page has. 100 at most: more is taken for 100.
           * @default 20
           */
          limit?: number | null;
          search?: string | null;
          search_params?:
            | (
                | {
                    /** @constant */
                    field: 'triggerName';
                    /**
                     * @default ==
                     * @enum {string}
                     */
                    operation?: '==' | 'equals';
                    value: string;
                  }
                | {
                    /** @constant */
                    field: 'triggerId';
                    /**
                     * @default ==
                     * @enum {string}
                     */
                    operation?: '==' | 'equals';
                    value: string;
                  }
                | {
                    /** @constant */
                    field: 'connectionId';
                    /**
                     * @default ==
                     * @enum {string}
                     */
                    operation?: '==' | 'equals';
                    value: string;
                  }
                | {
                    /** @constant */
                    field: 'connectedAccountId';
                    /**
                     * @default ==
                     * @enum {string}
                     */
                    operation?: '==' | 'equals';
                    value: string;
                  }
                | {
                    /** @constant */
                    field: 'entityId';
                    /**
                     * @default ==
                     * @enum {string}
                     */
                    operation?: '==' | 'equals';
                    value: string;
                  }
                | {
                    /** @constant */
                    field: 'userId';
                    /**
                     * @default ==
                     * @enum {string}
                     */
                    operation?: '==' | 'equals';
                    value: string;
                  }
              )[]
            | null;
          /**
           * @default all
           * @enum {string}
           */
          status?: 'all' | 'success' | 'error';
          time?: ('5m' | '30m' | '6h' | '1d' | '1w' | '1month' | '1y') | null;
          to?: number | null;
          userId?: string | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['TriggerLog'][];
            nextCursor: string | null;
          };
        };
      };
    };
  };
  listTransferKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            active_kid: string;
            keys: components['schemas']['TransferKey'][];
          };
        };
      };
    };
  };
  listAuditEvents: {
    parameters: {
      query?: {
        action?: (
          | 'project.created'
          | 'project.settings_updated'
          | 'project.deleted'
          | 'api_key.created'
          | 'api_key.revoked'
          | 'person.created'
          | 'person.updated'
          | 'person.deleted'
          | 'user_key.created'
          | 'user_key.revoked'
          | 'cli_session.linked'
          | 'console_session.started'
          | 'console_session.ended'
          | 'sign_in_link.created'
          | 'person.password_set'
          | 'auth_config.created'
          | 'auth_config.updated'
          | 'auth_config.enabled'
          | 'auth_config.disabled'
          | 'auth_config.deleted'
          | 'connected_account.created'
          | 'connected_account.updated'
          | 'connected_account.enabled'
          | 'connected_account.disabled'
          | 'connected_account.revoked'
          | 'connected_account.deleted'
          | 'incident.begun'
          | 'connect_link.created'
          | 'connect_link.created_to_reconnect'
          | 'toolkit.upserted'
          | 'toolkit.refreshed'
          | 'toolkit.approved'
          | 'toolkit.refused'
          | 'toolkit.deleted'
          | 'tool_tuning.set'
          | 'tool_tuning.deleted'
          | 'session.updated'
          | 'session.deleted'
          | 'session_config.created'
          | 'session_config.updated'
          | 'mcp_server.created'
          | 'mcp_server.updated'
          | 'mcp_server.deleted'
          | 'mcp_instance.created'
          | 'mcp_instance.deleted'
          | 'webhook_subscription.created'
          | 'webhook_subscription.updated'
          | 'webhook_subscription.deleted'
          | 'webhook_subscription.secret_rotated'
          | 'webhook_delivery.resent'
          | 'mcp_access.code_issued'
          | 'mcp_access.revoked'
          | 'trigger.created'
          | 'trigger.enabled'
          | 'trigger.disabled'
          | 'trigger.deleted'
          | 'webhook_endpoint.created'
          | 'webhook_endpoint.updated'
          | 'webhook_endpoint.deleted'
          | 'dead_letter.resent'
          | 'dead_letter.discarded'
          | 'request.refused'
        )[];
        actor_key_id?: string;
        actor_kind?:
          | 'organisation'
          | 'project'
          | 'person'
          | 'access_token'
          | 'sandbox'
          | 'anonymous'
          | 'setting'
          | 'system';
        actor_person_id?: string;
        cursor?: string;
        from?: number;
        limit?: number | null;
        outcome?: 'done' | 'refused';
        target_id?: string;
        target_type?:
          | 'project'
          | 'api_key'
          | 'person'
          | 'user_key'
          | 'cli_session'
          | 'console_session'
          | 'auth_config'
          | 'connected_account'
          | 'incident'
          | 'toolkit'
          | 'tool'
          | 'session'
          | 'session_config'
          | 'mcp_server'
          | 'mcp_instance'
          | 'webhook_subscription'
          | 'webhook_delivery'
          | 'trigger'
          | 'webhook_endpoint'
          | 'dead_letter'
          | 'route';
        to?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['AuditEvent'][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  exportAuditEvents: {
    parameters: {
      query?: {
        action?: (
          | 'project.created'
          | 'project.settings_updated'
          | 'project.deleted'
          | 'api_key.created'
          | 'api_key.revoked'
          | 'person.created'
          | 'person.updated'
          | 'person.deleted'
          | 'user_key.created'
          | 'user_key.revoked'
          | 'cli_session.linked'
          | 'console_session.started'
          | 'console_session.ended'
          | 'sign_in_link.created'
          | 'person.password_set'
          | 'auth_config.created'
          | 'auth_config.updated'
          | 'auth_config.enabled'
          | 'auth_config.disabled'
          | 'auth_config.deleted'
          | 'connected_account.created'
          | 'connected_account.updated'
          | 'connected_account.enabled'
          | 'connected_account.disabled'
          | 'connected_account.revoked'
          | 'connected_account.deleted'
          | 'incident.begun'
          | 'connect_link.created'
          | 'connect_link.created_to_reconnect'
          | 'toolkit.upserted'
          | 'toolkit.refreshed'
          | 'toolkit.approved'
          | 'toolkit.refused'
          | 'toolkit.deleted'
          | 'tool_tuning.set'
          | 'tool_tuning.deleted'
          | 'session.updated'
          | 'session.deleted'
          | 'session_config.created'
          | 'session_config.updated'
          | 'mcp_server.created'
          | 'mcp_server.updated'
          | 'mcp_server.deleted'
          | 'mcp_instance.created'
          | 'mcp_instance.deleted'
          | 'webhook_subscription.created'
          | 'webhook_subscription.updated'
          | 'webhook_subscription.deleted'
          | 'webhook_subscription.secret_rotated'
          | 'webhook_delivery.resent'
          | 'mcp_access.code_issued'
          | 'mcp_access.revoked'
          | 'trigger.created'
          | 'trigger.enabled'
          | 'trigger.disabled'
          | 'trigger.deleted'
          | 'webhook_endpoint.created'
          | 'webhook_endpoint.updated'
          | 'webhook_endpoint.deleted'
          | 'dead_letter.resent'
          | 'dead_letter.discarded'
          | 'request.refused'
        )[];
        actor_key_id?: string;
        actor_kind?:
          | 'organisation'
          | 'project'
          | 'person'
          | 'access_token'
          | 'sandbox'
          | 'anonymous'
          | 'setting'
          | 'system';
        actor_person_id?: string;
        format?: 'jsonl' | 'csv';
        from?: number;
        outcome?: 'done' | 'refused';
        target_id?: string;
        target_type?:
          | 'project'
          | 'api_key'
          | 'person'
          | 'user_key'
          | 'cli_session'
          | 'console_session'
          | 'auth_config'
          | 'connected_account'
          | 'incident'
          | 'toolkit'
          | 'tool'
          | 'session'
          | 'session_config'
          | 'mcp_server'
          | 'mcp_instance'
          | 'webhook_subscription'
          | 'webhook_delivery'
          | 'trigger'
          | 'webhook_endpoint'
          | 'dead_letter'
          | 'route';
        to?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One JSON a line, or CSV, newest first. What broke off lacks its last chunk. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
          'text/csv': string;
        };
      };
    };
  };
  listSearchesWithoutCall: {
    parameters: {
      query?: {
        cursor?: string;
        /** @description Epoch milliseconds. Without it: a week before `to`. */
        from?: number;
        limit?: number | null;
        /** @description Epoch milliseconds. Without it: now, less `within_minutes`. */
        to?: number;
        /** @description How soon a call has to follow in the same session. */
        within_minutes?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['SearchWithoutCall'][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  listLogs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "filters": [
         *         {
         *           "field": "status",
         *           "operator": "==",
         *           "value": "failed"
         *         }
         *       ],
         *       "limit": 10
         *     }
         */
        'application/json': {
          /** @description Where the page begins: the `next_cursor` of the page before. Without it: the first page. */
          cursor?: string | null;
          filters?: {
            /** @enum {string} */
            field:
              | 'tool_slug'
              | 'toolkit_slug'
              | 'connected_account_id'
              | 'auth_config_id'
              | 'status'
              | 'user_id'
              | 'session_id'
              | 'sandbox_id'
              | 'request_id'
              | 'log_id'
              | 'text';
            /** @enum {string} */
            operator: '==' | '!=' | 'contains' | 'not_contains';
            value: string;
          }[];
          /**
           * @description How many a page has. 1000 at most: more is taken for 1000.
           * @default 20
           */
          limit?: number | null;
          time_range?: {
            from: number;
            to: number;
          };
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            logs: components['schemas']['Log'][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  getLog: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The call, `log_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LogDetail'];
        };
      };
    };
  };
  exportLogs: {
    parameters: {
      query?: {
        filters?: string;
        from?: number;
        to?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One JSON a line, newest first. What broke off lacks its last chunk. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
        };
      };
    };
  };
  tailLogs: {
    parameters: {
      query?: {
        filters?: string;
      };
      header?: {
        /** @description The id of the last event that came. */
        'last-event-id'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events, until either side ends it. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': unknown;
        };
      };
    };
  };
  listMcpRegistries: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['McpRegistry'][];
          };
        };
      };
    };
  };
  searchMcpRegistry: {
    parameters: {
      query?: {
        /** @description The `next_cursor` of the page before. */
        cursor?: string;
        limit?: number | null;
        /** @description As the registry searches: a part of a name, or of a description. */
        search?: string;
      };
      header?: never;
      path: {
        /** @description One that the operator set up, by its name. */
        registry: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['McpRegistryServerItem'][];
            /** @description Entries that could not be read, and those that the operator does not allow. */
            left_out: {
              not_allowed: number;
              unreadable: number;
            };
            /** @description The `cursor` of the next page; null on the last one. A page may be empty, and others follow. */
            next_cursor: string | null;
          };
        };
      };
    };
  };
  getMcpRegistryServer: {
    parameters: {
      query?: {
        /** @description One that the registry has; the newest one without it. */
        version?: string;
      };
      header?: never;
      path: {
        /** @description Its name behind the slash. */
        name: string;
        /** @description Its name up to the slash, such as `io.github.acme`. */
        namespace: string;
        /** @description One that the operator set up, by its name. */
        registry: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['McpRegistryServer'];
        };
      };
    };
  };
  getMcpServer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The MCP server. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['McpServer'];
        };
      };
    };
  };
  deleteMcpServer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The MCP server. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            deleted: true;
            id: string;
          };
        };
      };
    };
  };
  updateMcpServer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The MCP server. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          allowed_tools?: string[];
          auth_config_ids?: string[];
          managed_auth_via_composio?: boolean;
          name?: string;
          toolkits?: string[];
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['McpServer'];
        };
      };
    };
  };
  listMcpServersOfToolkit: {
    parameters: {
      query?: {
        auth_config_ids?: string | string[];
        limit?: number | null;
        name?: string;
        order_by?: 'created_at' | 'updated_at';
        order_direction?: 'asc' | 'desc';
        page_no?: number | null;
        toolkits?: string | string[];
      };
      header?: never;
      path: {
        /** @description The slug of a toolkit. */
        toolkit: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['McpServer'][];
            total_pages: number;
          };
        };
      };
    };
  };
  listMcpServers: {
    parameters: {
      query?: {
        auth_config_ids?: string | string[];
        limit?: number | null;
        name?: string;
        order_by?: 'created_at' | 'updated_at';
        order_direction?: 'asc' | 'desc';
        page_no?: number | null;
        toolkits?: string | string[];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['McpServer'][];
            total_pages: number;
          };
        };
      };
    };
  };
  createMcpServer: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Support desk",
         *       "toolkits": [
         *         "gmail"
         *       ],
         *       "allowed_tools": [
         *         "GMAIL_FETCH_EMAILS"
         *       ]
         *     }
         */
        'application/json': {
          allowed_tools?: string[];
          auth_config_ids?: string[];
          custom_tools?: string[];
          managed_auth_via_composio?: boolean;
          name: string;
          no_auth_apps?: string[];
          toolkits?: string[];
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['McpServer'];
        };
      };
    };
  };
  listMcpInstances: {
    parameters: {
      query?: {
        limit?: number | null;
        page_no?: number | null;
        search?: string;
      };
      header?: never;
      path: {
        /** @description The MCP server. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            instances: components['schemas']['McpInstance'][];
            server_id: string;
            server_name: string;
            total_pages: number;
          };
        };
      };
    };
  };
  createMcpInstance: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The MCP server. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "user_id": "user_a"
         *     }
         */
        'application/json': {
          user_id: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['McpInstance'];
        };
      };
    };
  };
  deleteMcpInstance: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The MCP server. */
        id: string;
        /** @description The user whose instance it is. */
        instanceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            deleted_connected_accounts: 0;
            message: string;
          };
        };
      };
    };
  };
  createCustomMcpServer: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Support desk",
         *       "toolkits": [
         *         "gmail"
         *       ],
         *       "allowed_tools": [
         *         "GMAIL_FETCH_EMAILS"
         *       ]
         *     }
         */
        'application/json': {
          allowed_tools?: string[];
          auth_config_ids?: string[];
          custom_tools?: string[];
          managed_auth_via_composio?: boolean;
          name: string;
          no_auth_apps?: string[];
          toolkits?: string[];
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['McpServer'];
        };
      };
    };
  };
  createMcpUrls: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @default [] */
          connected_account_ids?: string[];
          managed_auth_by_composio?: boolean;
          /** Format: uuid */
          mcp_server_id: string;
          /** @default [] */
          user_ids?: string[];
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            connected_account_urls: string[];
            mcp_url: string;
            user_ids_url: string[];
          };
        };
      };
    };
  };
  getMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Me'];
        };
      };
    };
  };
  createOwnKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "laptop"
         *     }
         */
        'application/json': {
          expires_at?: string | null;
          name: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserKey'];
        };
      };
    };
  };
  revokeOwnKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The API key, `key_…`. */
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  setOwnPassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "password": "correct horse battery staple"
         *     }
         */
        'application/json': {
          current_password?: string;
          password: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  getApiDocument: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The document. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            openapi: string;
          } & {
            [key: string]: unknown;
          };
        };
      };
    };
  };
  resolveHomeProject: {
    parameters: {
      query?: never;
      header: {
        /** @description The organisation, `org_…`. */
        'x-org-id': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            consumer_user_id: string;
            org_id: string;
            project_id: string;
            project_name: string;
            project_nano_id: string;
            /** @constant */
            project_type: 'CONSUMER';
          };
        };
      };
    };
  };
  countDeadLetters: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @enum {string} */
              service: 'auth' | 'sessions' | 'tools' | 'workbench' | 'logs' | 'triggers';
              /** @description Null of a service that does not answer. */
              total: number | null;
            }[];
          };
        };
      };
    };
  };
  listDeadLetters: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path: {
        /** @description The service. */
        service: 'auth' | 'sessions' | 'tools' | 'workbench' | 'logs' | 'triggers';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['DeadLetter'][];
            next_cursor: string | null;
            total_items: number;
          };
        };
      };
    };
  };
  discardDeadLetter: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The dead letter. */
        id: string;
        /** @description The service. */
        service: 'auth' | 'sessions' | 'tools' | 'workbench' | 'logs' | 'triggers';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
          };
        };
      };
    };
  };
  resendDeadLetter: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The dead letter. */
        id: string;
        /** @description The service. */
        service: 'auth' | 'sessions' | 'tools' | 'workbench' | 'logs' | 'triggers';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
          };
        };
      };
    };
  };
  listIncidents: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['Incident'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  beginIncident: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "toolkit_slug": "github",
         *       "reason": "tokens in a public log"
         *     }
         */
        'application/json': {
          /**
           * @description `accounts`: connected accounts. `access`: admitted MCP clients. `keys`: API keys of projects.
           * @default [
           *       "accounts"
           *     ]
           */
          acts?: ('accounts' | 'access' | 'keys')[];
          /**
           * @description Of the whole organisation; in place of a narrower scope.
           * @constant
           */
          all?: true;
          /** @description Only in this project. */
          project_id?: string;
          /** @description For the audit. */
          reason?: string;
          /** @description Only accounts at this toolkit. */
          toolkit_slug?: string;
          /** @description Only of this user of the project. */
          user_id?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Incident'];
        };
      };
    };
  };
  getIncident: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The incident, `inc_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Incident'];
        };
      };
    };
  };
  listOrganisations: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            next_cursor: string | null;
            organizations: components['schemas']['Organisation'][];
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  listOrganisationAuditEvents: {
    parameters: {
      query?: {
        action?: (
          | 'project.created'
          | 'project.settings_updated'
          | 'project.deleted'
          | 'api_key.created'
          | 'api_key.revoked'
          | 'person.created'
          | 'person.updated'
          | 'person.deleted'
          | 'user_key.created'
          | 'user_key.revoked'
          | 'cli_session.linked'
          | 'console_session.started'
          | 'console_session.ended'
          | 'sign_in_link.created'
          | 'person.password_set'
          | 'auth_config.created'
          | 'auth_config.updated'
          | 'auth_config.enabled'
          | 'auth_config.disabled'
          | 'auth_config.deleted'
          | 'connected_account.created'
          | 'connected_account.updated'
          | 'connected_account.enabled'
          | 'connected_account.disabled'
          | 'connected_account.revoked'
          | 'connected_account.deleted'
          | 'incident.begun'
          | 'connect_link.created'
          | 'connect_link.created_to_reconnect'
          | 'toolkit.upserted'
          | 'toolkit.refreshed'
          | 'toolkit.approved'
          | 'toolkit.refused'
          | 'toolkit.deleted'
          | 'tool_tuning.set'
          | 'tool_tuning.deleted'
          | 'session.updated'
          | 'session.deleted'
          | 'session_config.created'
          | 'session_config.updated'
          | 'mcp_server.created'
          | 'mcp_server.updated'
          | 'mcp_server.deleted'
          | 'mcp_instance.created'
          | 'mcp_instance.deleted'
          | 'webhook_subscription.created'
          | 'webhook_subscription.updated'
          | 'webhook_subscription.deleted'
          | 'webhook_subscription.secret_rotated'
          | 'webhook_delivery.resent'
          | 'mcp_access.code_issued'
          | 'mcp_access.revoked'
          | 'trigger.created'
          | 'trigger.enabled'
          | 'trigger.disabled'
          | 'trigger.deleted'
          | 'webhook_endpoint.created'
          | 'webhook_endpoint.updated'
          | 'webhook_endpoint.deleted'
          | 'dead_letter.resent'
          | 'dead_letter.discarded'
          | 'request.refused'
        )[];
        actor_key_id?: string;
        actor_kind?:
          | 'organisation'
          | 'project'
          | 'person'
          | 'access_token'
          | 'sandbox'
          | 'anonymous'
          | 'setting'
          | 'system';
        actor_person_id?: string;
        cursor?: string;
        from?: number;
        limit?: number | null;
        outcome?: 'done' | 'refused';
        project_id?: string;
        target_id?: string;
        target_type?:
          | 'project'
          | 'api_key'
          | 'person'
          | 'user_key'
          | 'cli_session'
          | 'console_session'
          | 'auth_config'
          | 'connected_account'
          | 'incident'
          | 'toolkit'
          | 'tool'
          | 'session'
          | 'session_config'
          | 'mcp_server'
          | 'mcp_instance'
          | 'webhook_subscription'
          | 'webhook_delivery'
          | 'trigger'
          | 'webhook_endpoint'
          | 'dead_letter'
          | 'route';
        to?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['AuditEvent'][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  exportOrganisationAuditEvents: {
    parameters: {
      query?: {
        action?: (
          | 'project.created'
          | 'project.settings_updated'
          | 'project.deleted'
          | 'api_key.created'
          | 'api_key.revoked'
          | 'person.created'
          | 'person.updated'
          | 'person.deleted'
          | 'user_key.created'
          | 'user_key.revoked'
          | 'cli_session.linked'
          | 'console_session.started'
          | 'console_session.ended'
          | 'sign_in_link.created'
          | 'person.password_set'
          | 'auth_config.created'
          | 'auth_config.updated'
          | 'auth_config.enabled'
          | 'auth_config.disabled'
          | 'auth_config.deleted'
          | 'connected_account.created'
          | 'connected_account.updated'
          | 'connected_account.enabled'
          | 'connected_account.disabled'
          | 'connected_account.revoked'
          | 'connected_account.deleted'
          | 'incident.begun'
          | 'connect_link.created'
          | 'connect_link.created_to_reconnect'
          | 'toolkit.upserted'
          | 'toolkit.refreshed'
          | 'toolkit.approved'
          | 'toolkit.refused'
          | 'toolkit.deleted'
          | 'tool_tuning.set'
          | 'tool_tuning.deleted'
          | 'session.updated'
          | 'session.deleted'
          | 'session_config.created'
          | 'session_config.updated'
          | 'mcp_server.created'
          | 'mcp_server.updated'
          | 'mcp_server.deleted'
          | 'mcp_instance.created'
          | 'mcp_instance.deleted'
          | 'webhook_subscription.created'
          | 'webhook_subscription.updated'
          | 'webhook_subscription.deleted'
          | 'webhook_subscription.secret_rotated'
          | 'webhook_delivery.resent'
          | 'mcp_access.code_issued'
          | 'mcp_access.revoked'
          | 'trigger.created'
          | 'trigger.enabled'
          | 'trigger.disabled'
          | 'trigger.deleted'
          | 'webhook_endpoint.created'
          | 'webhook_endpoint.updated'
          | 'webhook_endpoint.deleted'
          | 'dead_letter.resent'
          | 'dead_letter.discarded'
          | 'request.refused'
        )[];
        actor_key_id?: string;
        actor_kind?:
          | 'organisation'
          | 'project'
          | 'person'
          | 'access_token'
          | 'sandbox'
          | 'anonymous'
          | 'setting'
          | 'system';
        actor_person_id?: string;
        format?: 'jsonl' | 'csv';
        from?: number;
        outcome?: 'done' | 'refused';
        project_id?: string;
        target_id?: string;
        target_type?:
          | 'project'
          | 'api_key'
          | 'person'
          | 'user_key'
          | 'cli_session'
          | 'console_session'
          | 'auth_config'
          | 'connected_account'
          | 'incident'
          | 'toolkit'
          | 'tool'
          | 'session'
          | 'session_config'
          | 'mcp_server'
          | 'mcp_instance'
          | 'webhook_subscription'
          | 'webhook_delivery'
          | 'trigger'
          | 'webhook_endpoint'
          | 'dead_letter'
          | 'route';
        to?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One JSON a line, or CSV, newest first. What broke off lacks its last chunk. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
          'text/csv': string;
        };
      };
    };
  };
  listRejectedEvents: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['RejectedEvent'][];
            next_cursor: string | null;
            total_items: number;
          };
        };
      };
    };
  };
  getProject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The project, `proj_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectWithKeys'];
        };
      };
    };
  };
  deleteProject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The project, `proj_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  createApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The project, `proj_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "reader",
         *       "areas": {
         *         "observability": "read"
         *       }
         *     }
         */
        'application/json': {
          areas?: {
            [key: string]: 'none' | 'read' | 'write';
          };
          name: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiKey'];
        };
      };
    };
  };
  revokeApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The project, `proj_…`. */
        id: string;
        /** @description The API key, `key_…`. */
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  rotateApiKeys: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The project, `proj_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            api_key: components['schemas']['ApiKey'];
            message: string;
          };
        };
      };
    };
  };
  listProjects: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            data: components['schemas']['Project'][];
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  createProject: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "my-product",
         *       "should_create_api_key": true
         *     }
         */
        'application/json': {
          name: string;
          /** @default false */
          should_create_api_key?: boolean;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            api_key: string | null;
            id: string;
            name: string;
          };
        };
      };
    };
  };
  listPeople: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['Person'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  createPerson: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "name": "Ada",
         *       "role": "developer"
         *     }
         */
        'application/json': {
          email: string & (unknown & unknown);
          name?: string;
          project_roles?: {
            [key: string]: 'viewer' | 'developer' | 'owner';
          };
          role?: ('viewer' | 'developer' | 'owner') | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Person'];
        };
      };
    };
  };
  getPerson: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The person, `person_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PersonWithKeys'];
        };
      };
    };
  };
  deletePerson: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The person, `person_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  updatePerson: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The person, `person_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          name?: string;
          project_roles?: {
            [key: string]: ('viewer' | 'developer' | 'owner') | null;
          };
          role?: ('viewer' | 'developer' | 'owner') | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Person'];
        };
      };
    };
  };
  invitePerson: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The person, `person_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "days": 7
         *     }
         */
        'application/json': {
          /** @default 7 */
          days?: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            expires_at: string;
            token: string;
            /** @description The console, with the token behind `#`: it is in no log. */
            url: string;
          };
        };
      };
    };
  };
  createUserKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The person, `person_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "laptop"
         *     }
         */
        'application/json': {
          expires_at?: string | null;
          name: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserKey'];
        };
      };
    };
  };
  revokeUserKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The person, `person_…`. */
        id: string;
        /** @description The API key, `key_…`. */
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  createSignInLink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The person, `person_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            expires_at: string;
            token: string;
            /** @description The console, with the token behind `#`: it is in no log. */
            url: string;
          };
        };
      };
    };
  };
  getProjectSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectSettings'];
        };
      };
    };
  };
  updateProjectSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "display_name": "Acme",
         *       "log_visibility_setting": "dont_store_data"
         *     }
         */
        'application/json': {
          allowed_callback_origins?: string[];
          always_revoke_on_delete?: boolean;
          bind_sign_in_to_browser?: boolean;
          display_name?: string | null;
          is_2FA_enabled?: boolean;
          is_composio_link_enabled_for_managed_auth?: boolean;
          /** @enum {string} */
          log_visibility_setting?: 'show_all' | 'dont_store_data';
          logo_url?: string | null;
          mask_secret_keys_in_connected_account?: boolean;
          oauth_callback_verifier_url?: string | null;
          require_mcp_api_key?: boolean;
          signed_url_file_expiry_in_seconds?: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectSettings'];
        };
      };
    };
  };
  listOwnProjects: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            data: components['schemas']['PersonsProject'][];
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  getOrganisationUsageBreakdown: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description What is counted: `tool_calls` or `sessions`. */
        entityType: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          filters?: {
            project_id?: string[] | null;
            session_id?: string[] | null;
            user_id?: string[] | null;
          };
          from?: number;
          group_by?: string;
          /**
           * @description How many a page has. 1000 at most: more is taken for 1000.
           * @default 100
           */
          limit?: number | null;
          /** @enum {string} */
          order_by?: 'total_quantity' | 'event_count' | 'key';
          /** @enum {string} */
          order_direction?: 'asc' | 'desc';
          to?: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UsageBreakdown'];
        };
      };
    };
  };
  getOrganisationUsageSummary: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          entity_types?: string[];
          filters?: {
            project_id?: string[] | null;
            session_id?: string[] | null;
            user_id?: string[] | null;
          };
          from?: number;
          to?: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UsageSummary'];
        };
      };
    };
  };
  getPlayground: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlaygroundSettings'];
        };
      };
    };
  };
  getActivity: {
    parameters: {
      query?: {
        /** @description Epoch milliseconds. Without it: a day before `to`. */
        from?: number;
        /** @description Epoch milliseconds. Without it: now. */
        to?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Activity'];
        };
      };
    };
  };
  getUsageBreakdown: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description What is counted: `tool_calls` or `sessions`. */
        entityType: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "group_by": "toolkit_slug",
         *       "limit": 10
         *     }
         */
        'application/json': {
          filters?: {
            session_id?: string[] | null;
            user_id?: string[] | null;
          };
          from?: number;
          group_by?: string;
          /**
           * @description How many a page has. 1000 at most: more is taken for 1000.
           * @default 100
           */
          limit?: number | null;
          /** @enum {string} */
          order_by?: 'total_quantity' | 'event_count' | 'key';
          /** @enum {string} */
          order_direction?: 'asc' | 'desc';
          to?: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UsageBreakdown'];
        };
      };
    };
  };
  getUsageSummary: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          entity_types?: string[];
          filters?: {
            session_id?: string[] | null;
            user_id?: string[] | null;
          };
          from?: number;
          to?: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UsageSummary'];
        };
      };
    };
  };
  listSearchTunings: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
        toolkit_slug?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['SearchTuning'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  getSearchTuning: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tool, one that ships or one of the project’s own. */
        tool_slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SearchTuning'];
        };
      };
    };
  };
  setSearchTuning: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tool, one that ships or one of the project’s own. */
        tool_slug: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "aliases": [
         *         "file a bug",
         *         "raise a ticket"
         *       ],
         *       "boost": 1.2
         *     }
         */
        'application/json': {
          /** @description What people call the tool, beside its name: it is found by each as if that were its name. */
          aliases?: string[];
          /** @description What its score counts: 1 changes nothing, 1.5 half as much more, and less than 1 makes it stand back. */
          boost?: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SearchTuning'];
        };
      };
    };
  };
  deleteSearchTuning: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tool, one that ships or one of the project’s own. */
        tool_slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            deleted: true;
            tool_slug: string;
          };
        };
      };
    };
  };
  listSessionConfigs: {
    parameters: {
      query?: {
        archived?: boolean;
        cursor?: string;
        limit?: number | null;
        search?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['SavedSessionConfigSummary'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  createSessionConfig: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Support",
         *       "config": {
         *         "toolkits": {
         *           "enable": [
         *             "gmail"
         *           ]
         *         }
         *       }
         *     }
         */
        'application/json': {
          config: {
            tags?:
              | (
                  | string[]
                  | {
                      disable?: string[];
                      enable?: string[];
                    }
                )
              | null;
            toolkits?:
              | (
                  | {
                      enable: string[];
                    }
                  | {
                      disable: string[];
                    }
                )
              | null;
            tools?: {
              [key: string]:
                | (
                    | {
                        enable: string[];
                      }
                    | {
                        disable: string[];
                      }
                  )
                | {
                    tags:
                      | string[]
                      | {
                          disable?: string[];
                          enable?: string[];
                        };
                  };
            } | null;
          };
          description?: string | null;
          name: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SavedSessionConfig'];
        };
      };
    };
  };
  getSessionConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The saved config. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SavedSessionConfig'];
        };
      };
    };
  };
  updateSessionConfig: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path: {
        /** @description The saved config. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "archived": true
         *     }
         */
        'application/json': {
          archived?: boolean;
          config?: {
            tags?:
              | (
                  | string[]
                  | {
                      disable?: string[];
                      enable?: string[];
                    }
                )
              | null;
            toolkits?:
              | (
                  | {
                      enable: string[];
                    }
                  | {
                      disable: string[];
                    }
                )
              | null;
            tools?: {
              [key: string]:
                | (
                    | {
                        enable: string[];
                      }
                    | {
                        disable: string[];
                      }
                  )
                | {
                    tags:
                      | string[]
                      | {
                          disable?: string[];
                          enable?: string[];
                        };
                  };
            } | null;
          };
          description?: string | null;
          name?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SavedSessionConfig'];
        };
      };
    };
  };
  listSessions: {
    parameters: {
      query?: {
        cursor?: string;
        /** @description Made from this moment on, in epoch milliseconds. */
        from?: number;
        limit?: number | null;
        /** @description A session’s whole id, or how a user’s id begins. */
        search?: string;
        /** @description Made before this moment. */
        to?: number;
        user_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['ListedSession'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  createSession: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "user_id": "user_a",
         *       "toolkits": {
         *         "enable": [
         *           "github"
         *         ]
         *       }
         *     }
         */
        'application/json': {
          auth_configs?: {
            [key: string]: string;
          } | null;
          connected_accounts?: {
            [key: string]: string[];
          } | null;
          execute?: {
            enable_multi_execute?: boolean;
          } | null;
          experimental?: {
            assistive_prompt_config?: {
              user_timezone?: string | null;
            } | null;
            custom_toolkits?:
              | {
                  description: string;
                  name: string;
                  preload?: boolean | null;
                  slug: string;
                  tools: {
                    description: string;
                    input_schema: {
                      properties: Record<string, never>;
                      /** @constant */
                      type: 'object';
                    };
                    name: string;
                    output_schema?: {
                      [key: string]: unknown;
                    } | null;
                    preload?: boolean | null;
                    slug: string;
                  }[];
                }[]
              | null;
            custom_tools?:
              | {
                  description: string;
                  extends_toolkit?: string | null;
                  input_schema: {
                    properties: Record<string, never>;
                    /** @constant */
                    type: 'object';
                  };
                  name: string;
                  output_schema?: {
                    [key: string]: unknown;
                  } | null;
                  preload?: boolean | null;
                  slug: string;
                }[]
              | null;
            fast_mode?: unknown;
            link_url_overwrite?: string | null;
            permissions?: {
              /** @enum {string} */
              default: 'allow_all' | 'ask_every_call' | 'ask_once_per_session';
              overrides?: {
                [key: string]: 'always_allow' | 'always_deny' | 'ask_once' | 'ask_always';
              } | null;
            } | null;
            session_config_id?: string | null;
            submit_feedback?: {
              enable?: boolean;
            } | null;
          } | null;
          instant?: unknown;
          manage_connections?: {
            callback_url?: string | null;
            enable?: boolean | null;
            enable_connection_removal?: boolean | null;
            enable_wait_for_connections?: boolean | null;
          } | null;
          multi_account?: {
            enable?: boolean | null;
            max_accounts_per_toolkit?: number | null;
            require_explicit_selection?: boolean | null;
          } | null;
          preload?: {
            tools?: string[] | 'all';
          } | null;
          premium_usage?: unknown;
          sandbox?: {
            auto_offload_threshold?: number | null;
            enable?: boolean | null;
            enable_proxy_execution?: boolean | null;
            sandbox_size?: ('standard' | 'medium' | 'large' | 'xlarge') | null;
          } | null;
          search?: {
            enable?: boolean;
          } | null;
          tags?:
            | (
                | string[]
                | {
                    disable?: string[];
                    enable?: string[];
                  }
              )
            | null;
          toolkits?:
            | (
                | {
                    enable: string[];
                  }
                | {
                    disable: string[];
                  }
              )
            | null;
          tools?: {
            [key: string]:
              | (
                  | {
                      enable: string[];
                    }
                  | {
                      disable: string[];
                    }
                )
              | {
                  tags:
                    | string[]
                    | {
                        disable?: string[];
                        enable?: string[];
                      };
                };
          } | null;
          user_id: string;
          workbench?: {
            auto_offload_threshold?: number | null;
            enable?: boolean | null;
            enable_proxy_execution?: boolean | null;
            sandbox_size?: ('standard' | 'medium' | 'large' | 'xlarge') | null;
          } | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Session'];
        };
      };
    };
  };
  getSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Session'];
        };
      };
    };
  };
  deleteSession: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            deleted: true;
            session_id: string;
          };
        };
      };
    };
  };
  updateSession: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "toolkits": {
         *         "enable": [
         *           "github",
         *           "slack"
         *         ]
         *       }
         *     }
         */
        'application/json': {
          auth_configs?: {
            [key: string]: string;
          } | null;
          connected_accounts?: {
            [key: string]: string[];
          } | null;
          execute?: {
            enable_multi_execute?: boolean;
          } | null;
          expected_config_version?: number;
          experimental?: {
            fast_mode?: unknown;
            link_url_overwrite?: string | null;
            permissions?: {
              /** @enum {string} */
              default: 'allow_all' | 'ask_every_call' | 'ask_once_per_session';
              overrides?: {
                [key: string]: 'always_allow' | 'always_deny' | 'ask_once' | 'ask_always';
              } | null;
            } | null;
            session_config_id?: string | null;
            submit_feedback?: {
              enable?: boolean;
            } | null;
          } | null;
          instant?: unknown;
          manage_connections?: {
            callback_url?: string | null;
            enable?: boolean | null;
            enable_connection_removal?: boolean | null;
            enable_wait_for_connections?: boolean | null;
          } | null;
          multi_account?: {
            enable?: boolean | null;
            max_accounts_per_toolkit?: number | null;
            require_explicit_selection?: boolean | null;
          } | null;
          preload?: {
            tools?: string[] | 'all';
          } | null;
          premium_usage?: unknown;
          sandbox?: {
            auto_offload_threshold?: number | null;
            enable?: boolean | null;
            enable_proxy_execution?: boolean | null;
            sandbox_size?: ('standard' | 'medium' | 'large' | 'xlarge') | null;
          } | null;
          search?: {
            enable?: boolean;
          } | null;
          tags?:
            | (
                | string[]
                | {
                    disable?: string[];
                    enable?: string[];
                  }
              )
            | null;
          toolkits?:
            | (
                | {
                    enable: string[];
                  }
                | {
                    disable: string[];
                  }
              )
            | null;
          tools?: {
            [key: string]:
              | (
                  | {
                      enable: string[];
                    }
                  | {
                      disable: string[];
                    }
                )
              | {
                  tags:
                    | string[]
                    | {
                        disable?: string[];
                        enable?: string[];
                      };
                };
          } | null;
          workbench?: {
            auto_offload_threshold?: number | null;
            enable?: boolean | null;
            enable_proxy_execution?: boolean | null;
            sandbox_size?: ('standard' | 'medium' | 'large' | 'xlarge') | null;
          } | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Session'];
        };
      };
    };
  };
  attachSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          experimental?: {
            custom_toolkits?:
              | {
                  description: string;
                  name: string;
                  preload?: boolean | null;
                  slug: string;
                  tools: {
                    description: string;
                    input_schema: {
                      properties: Record<string, never>;
                      /** @constant */
                      type: 'object';
                    };
                    name: string;
                    output_schema?: {
                      [key: string]: unknown;
                    } | null;
                    preload?: boolean | null;
                    slug: string;
                  }[];
                }[]
              | null;
            custom_tools?:
              | {
                  description: string;
                  extends_toolkit?: string | null;
                  input_schema: {
                    properties: Record<string, never>;
                    /** @constant */
                    type: 'object';
                  };
                  name: string;
                  output_schema?: {
                    [key: string]: unknown;
                  } | null;
                  preload?: boolean | null;
                  slug: string;
                }[]
              | null;
          } | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Session'];
        };
      };
    };
  };
  listSessionVersions: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['SessionVersion'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  executeSessionTool: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "tool_slug": "TIME_GET_CURRENT_TIME",
         *       "arguments": {
         *         "timezone": "Asia/Tokyo"
         *       }
         *     }
         */
        'application/json': {
          account?: string;
          arguments?: {
            [key: string]: unknown;
          } | null;
          enable_auto_workbench_offload?: boolean | null;
          experimental?: {
            custom_toolkits?:
              | {
                  description: string;
                  name: string;
                  preload?: boolean | null;
                  slug: string;
                  tools: {
                    description: string;
                    input_schema: {
                      properties: Record<string, never>;
                      /** @constant */
                      type: 'object';
                    };
                    name: string;
                    output_schema?: {
                      [key: string]: unknown;
                    } | null;
                    preload?: boolean | null;
                    slug: string;
                  }[];
                }[]
              | null;
            custom_tools?:
              | {
                  description: string;
                  extends_toolkit?: string | null;
                  input_schema: {
                    properties: Record<string, never>;
                    /** @constant */
                    type: 'object';
                  };
                  name: string;
                  output_schema?: {
                    [key: string]: unknown;
                  } | null;
                  preload?: boolean | null;
                  slug: string;
                }[]
              | null;
          } | null;
          tool_slug: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionCallResult'];
        };
      };
    };
  };
  executeSessionMetaTool: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "slug": "COMPOSIO_GET_TOOL_SCHEMAS",
         *       "arguments": {
         *         "tool_slugs": [
         *           "TIME_GET_CURRENT_TIME"
         *         ]
         *       }
         *     }
         */
        'application/json': {
          arguments?: {
            [key: string]: unknown;
          } | null;
          experimental?: {
            custom_toolkits?:
              | {
                  description: string;
                  name: string;
                  preload?: boolean | null;
                  slug: string;
                  tools: {
                    description: string;
                    input_schema: {
                      properties: Record<string, never>;
                      /** @constant */
                      type: 'object';
                    };
                    name: string;
                    output_schema?: {
                      [key: string]: unknown;
                    } | null;
                    preload?: boolean | null;
                    slug: string;
                  }[];
                }[]
              | null;
            custom_tools?:
              | {
                  description: string;
                  extends_toolkit?: string | null;
                  input_schema: {
                    properties: Record<string, never>;
                    /** @constant */
                    type: 'object';
                  };
                  name: string;
                  output_schema?: {
                    [key: string]: unknown;
                  } | null;
                  preload?: boolean | null;
                  slug: string;
                }[]
              | null;
          } | null;
          slug: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionCallResult'];
        };
      };
    };
  };
  listSessionFeedback: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['SessionFeedback'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  createSessionLink: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "toolkit": "github",
         *       "callback_url": "https://app.example.com/connected"
         *     }
         */
        'application/json': {
          alias?: string;
          /** Format: uri */
          callback_url?: string;
          experimental?: {
            /** @enum {string} */
            account_type?: 'PRIVATE' | 'SHARED';
            acl_config_for_shared?: {
              allow_all_users?: boolean;
              allowed_user_ids?: string[];
              not_allowed_user_ids?: string[];
            };
          };
          toolkit: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionConnectLink'];
        };
      };
    };
  };
  revokeMcpAccess: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description How many clients were shut out. */
            revoked: number;
          };
        };
      };
    };
  };
  createMcpAccessCode: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['McpAccessCode'];
        };
      };
    };
  };
  listMcpClientSetups: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description By the slug of each program. */
            clients: {
              [key: string]: components['schemas']['McpClientSetup'];
            };
          };
        };
      };
    };
  };
  deleteMountItem: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The mount; a session has one, `files`. */
        mountId: string;
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "mount_relative_path": "data"
         *     }
         */
        'application/json': {
          mount_relative_path: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            mount_relative_path: string;
            /** @description Where the mount is in the sandbox. */
            sandbox_mount_prefix: string;
          };
        };
      };
    };
  };
  createMountDownloadUrl: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The mount; a session has one, `files`. */
        mountId: string;
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "mount_relative_path": "data/table.csv"
         *     }
         */
        'application/json': {
          mount_relative_path: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            download_url: string;
            expires_at: string;
            mount_relative_path: string;
            /** @description Where the mount is in the sandbox. */
            sandbox_mount_prefix: string;
          };
        };
      };
    };
  };
  listMountItems: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
        mount_relative_prefix?: string;
      };
      header?: never;
      path: {
        /** @description The mount; a session has one, `files`. */
        mountId: string;
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['MountItem'][];
            /** @description Absent on the last page. */
            next_cursor?: string;
          };
        };
      };
    };
  };
  createMountUploadUrl: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The mount; a session has one, `files`. */
        mountId: string;
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "mount_relative_path": "data/table.csv"
         *     }
         */
        'application/json': {
          mimetype?: string;
          mount_relative_path: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            expires_at: string;
            mount_relative_path: string;
            /** @description Where the mount is in the sandbox. */
            sandbox_mount_prefix: string;
            upload_url: string;
          };
        };
      };
    };
  };
  runPlayground: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "messages": [
         *         {
         *           "role": "user",
         *           "content": "What time is it in Tokyo?"
         *         }
         *       ]
         *     }
         */
        'application/json': {
          messages: (
            | {
                content: string;
                /** @constant */
                role: 'user';
              }
            | {
                content: string;
                /** @constant */
                role: 'assistant';
                /** @default [] */
                tool_calls?: {
                  /** @description As the model wrote them: JSON, as a rule. */
                  arguments: string;
                  id: string;
                  tool_slug: string;
                }[];
              }
            | {
                content: string;
                /** @constant */
                role: 'tool';
                tool_call_id: string;
              }
          )[];
        };
      };
    };
    responses: {
      /** @description Events, until it is done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': unknown;
        };
      };
    };
  };
  proxySessionRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "toolkit_slug": "github",
         *       "endpoint": "/user",
         *       "method": "GET"
         *     }
         */
        'application/json': {
          binary_body?:
            | {
                content_type?: string;
                /** Format: uri */
                url: string;
              }
            | {
                /** Format: base64 */
                base64: string;
                content_type?: string;
              };
          body?: unknown;
          custom_connection_data?: {
            /** @enum {string} */
            authScheme:
              | 'OAUTH2'
              | 'OAUTH1'
              | 'API_KEY'
              | 'BASIC'
              | 'BEARER_TOKEN'
              | 'GOOGLE_SERVICE_ACCOUNT'
              | 'NO_AUTH'
              | 'BASIC_WITH_JWT'
              | 'SERVICE_ACCOUNT'
              | 'DCR_OAUTH'
              | 'CIMD_OAUTH'
              | 'S2S_OAUTH2';
            toolkitSlug: string;
            val: {
              [key: string]: unknown;
            };
          };
          endpoint: string;
          /** @enum {string} */
          method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD';
          parameters?:
            | {
                name: string;
                /** @enum {string} */
                type: 'header' | 'query';
                value: string | number | boolean;
              }[]
            | null;
          toolkit_slug: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProxyResult'];
        };
      };
    };
  };
  searchSessionTools: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "queries": [
         *         {
         *           "use_case": "open an issue on GitHub"
         *         }
         *       ]
         *     }
         */
        'application/json': {
          experimental?: {
            custom_toolkits?:
              | {
                  description: string;
                  name: string;
                  preload?: boolean | null;
                  slug: string;
                  tools: {
                    description: string;
                    input_schema: {
                      properties: Record<string, never>;
                      /** @constant */
                      type: 'object';
                    };
                    name: string;
                    output_schema?: {
                      [key: string]: unknown;
                    } | null;
                    preload?: boolean | null;
                    slug: string;
                  }[];
                }[]
              | null;
            custom_tools?:
              | {
                  description: string;
                  extends_toolkit?: string | null;
                  input_schema: {
                    properties: Record<string, never>;
                    /** @constant */
                    type: 'object';
                  };
                  name: string;
                  output_schema?: {
                    [key: string]: unknown;
                  } | null;
                  preload?: boolean | null;
                  slug: string;
                }[]
              | null;
          } | null;
          /** @description Each of the results says in `explanation` what its tools were found by. Ours. */
          explain?: boolean;
          model?: string;
          queries: {
            known_fields?: string;
            use_case: string;
          }[];
          search_strategy?: string;
          toolkits?: string[];
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ToolSearchResult'];
        };
      };
    };
  };
  getSessionTimeline: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['TimelineEntry'][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  listSessionToolkits: {
    parameters: {
      query?: {
        cursor?: string;
        is_connected?: boolean;
        limit?: number | null;
        search?: string;
        toolkits?: string[];
      };
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['SessionToolkit'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  listSessionTools: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path: {
        /** @description The session, `trs_…`. */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['Tool'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  listToolkits: {
    parameters: {
      query?: {
        category?: string;
        cursor?: string;
        limit?: number | null;
        managed_by?: 'composio' | 'all' | 'project';
        search?: string;
        sort_by?: 'usage' | 'alphabetically';
        type?: 'native' | 'custom' | 'all';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['ToolkitItem'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  getToolkit: {
    parameters: {
      query?: {
        version?: string;
      };
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Toolkit'];
        };
      };
    };
  };
  listGrantContexts: {
    parameters: {
      query?: {
        auth_scheme?:
          | 'OAUTH2'
          | 'OAUTH1'
          | 'API_KEY'
          | 'BASIC'
          | 'BEARER_TOKEN'
          | 'GOOGLE_SERVICE_ACCOUNT'
          | 'NO_AUTH'
          | 'BASIC_WITH_JWT'
          | 'SERVICE_ACCOUNT'
          | 'DCR_OAUTH'
          | 'CIMD_OAUTH'
          | 'S2S_OAUTH2';
        toolkit_version?: string;
      };
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GrantContexts'];
        };
      };
    };
  };
  recommendScopes: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "tools": [
         *         "GMAIL_SEND_EMAIL"
         *       ],
         *       "include": [
         *         "openid"
         *       ]
         *     }
         */
        'application/json': {
          /** @enum {string} */
          auth_scheme?:
            | 'OAUTH2'
            | 'OAUTH1'
            | 'API_KEY'
            | 'BASIC'
            | 'BEARER_TOKEN'
            | 'GOOGLE_SERVICE_ACCOUNT'
            | 'NO_AUTH'
            | 'BASIC_WITH_JWT'
            | 'SERVICE_ACCOUNT'
            | 'DCR_OAUTH'
            | 'CIMD_OAUTH'
            | 'S2S_OAUTH2';
          available_scopes?: string[];
          exclude?: string[];
          grant_context?: Record<string, never>;
          include?: string[];
          toolkit_version?: string;
          tools: string[];
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecommendedScopes'];
        };
      };
    };
  };
  getClientMetadata: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The issuer, as it is in the address that its answers come to. */
        issuer: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClientMetadata'];
        };
      };
    };
  };
  listToolkitCategories: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['ToolkitCategory'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  listToolkitChanges: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              display_name: string;
              name: string;
              slug: string;
              versions: {
                changelog: string;
                version: string;
              }[];
            }[];
          };
        };
      };
    };
  };
  getToolkits: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "toolkits": [
         *         "github",
         *         "slack"
         *       ]
         *     }
         */
        'application/json': {
          category?: string;
          /** @description Where the page begins: the `next_cursor` of the page before. Without it: the first page. */
          cursor?: string | null;
          /**
           * @description How many a page has. 1000 at most: more is taken for 1000.
           * @default 20
           */
          limit?: number | null;
          /** @enum {string} */
          managed_by?: 'composio' | 'all' | 'project';
          search?: string;
          /** @enum {string} */
          sort_by?: 'usage' | 'alphabetically';
          toolkits?: string[];
          /** @enum {string} */
          type?: 'native' | 'custom' | 'all';
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['ToolkitItem'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  listTools: {
    parameters: {
      query?: {
        auth_config_ids?: string[];
        cursor?: string;
        /** @description With `query`: the answer says in `explanation` what each tool was found by. */
        explain?: boolean;
        important?: string;
        include_deprecated?: boolean;
        limit?: number | null;
        query?: string;
        scopes?: string | string[];
        search?: string;
        tags?: string | string[];
        tool_slugs?: string | string[];
        toolkit_slug?: string | string[];
        toolkit_versions?:
          | string
          | {
              [key: string]: string;
            };
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            explanation?: components['schemas']['SearchExplanation'];
            items: components['schemas']['Tool'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  getTool: {
    parameters: {
      query?: {
        toolkit_versions?:
          | string
          | {
              [key: string]: string;
            };
        version?: string;
      };
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tool'];
        };
      };
    };
  };
  listToolSlugs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string[];
        };
      };
    };
  };
  executeTool: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "user_id": "user_a",
         *       "arguments": {
         *         "timezone": "Asia/Tokyo"
         *       }
         *     }
         */
        'application/json': {
          allow_tracing?: unknown;
          arguments?: {
            [key: string]: unknown;
          } | null;
          connected_account_id?: string | null;
          custom_auth_params?: {
            /** Format: uri */
            base_url?: string;
            body?: {
              [key: string]: unknown;
            };
            parameters?: {
              /** @enum {string} */
              in: 'query' | 'header';
              name: string;
              value: string | number | boolean;
            }[];
          };
          custom_connection_data?: {
            /** @enum {string} */
            authScheme:
              | 'OAUTH2'
              | 'OAUTH1'
              | 'API_KEY'
              | 'BASIC'
              | 'BEARER_TOKEN'
              | 'GOOGLE_SERVICE_ACCOUNT'
              | 'NO_AUTH'
              | 'BASIC_WITH_JWT'
              | 'SERVICE_ACCOUNT'
              | 'DCR_OAUTH'
              | 'CIMD_OAUTH'
              | 'S2S_OAUTH2';
            toolkitSlug: string;
            val: {
              [key: string]: unknown;
            };
          };
          entity_id?: string | null;
          text?: string | null;
          user_id?: string | null;
          version?: string | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CallResult'];
        };
      };
    };
  };
  generateToolArguments: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The slug, in upper or lower case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "text": "what time is it in Tokyo?"
         *     }
         */
        'application/json': {
          custom_description?: string;
          system_prompt?: string;
          text: string;
          version?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            arguments?: {
              [key: string]: unknown;
            };
            error?: string;
          };
        };
      };
    };
  };
  proxyRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "connected_account_id": "ca_1234567890",
         *       "endpoint": "/user",
         *       "method": "GET"
         *     }
         */
        'application/json': {
          binary_body?:
            | {
                content_type?: string;
                /** Format: uri */
                url: string;
              }
            | {
                /** Format: base64 */
                base64: string;
                content_type?: string;
              };
          body?: unknown;
          connected_account_id?: string | null;
          custom_connection_data?: {
            /** @enum {string} */
            authScheme:
              | 'OAUTH2'
              | 'OAUTH1'
              | 'API_KEY'
              | 'BASIC'
              | 'BEARER_TOKEN'
              | 'GOOGLE_SERVICE_ACCOUNT'
              | 'NO_AUTH'
              | 'BASIC_WITH_JWT'
              | 'SERVICE_ACCOUNT'
              | 'DCR_OAUTH'
              | 'CIMD_OAUTH'
              | 'S2S_OAUTH2';
            toolkitSlug: string;
            val: {
              [key: string]: unknown;
            };
          };
          endpoint: string;
          /** @enum {string} */
          method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD';
          parameters?:
            | {
                name: string;
                /** @enum {string} */
                type: 'header' | 'query';
                value: string | number | boolean;
              }[]
            | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProxyResult'];
        };
      };
    };
  };
  getRequiredScopes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "tools": [
         *         "GITHUB_CREATE_AN_ISSUE"
         *       ]
         *     }
         */
        'application/json': {
          tools: string[];
          version?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            per_tool_requirements: {
              scope_requirements: {
                all_of: string[];
              } | null;
              tool: string;
            }[];
            scopes_required: string[];
          };
        };
      };
    };
  };
  upsertTrigger: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The trigger type, in either case. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "user_id": "user_a",
         *       "trigger_config": {
         *         "owner": "octocat",
         *         "repo": "hello-world"
         *       }
         *     }
         */
        'application/json': {
          connected_account_id?: string | null;
          /**
           * @deprecated
           * @description An older name of `connected_account_id`.
           */
          connectedAuthId?: string | null;
          toolkit_versions?:
            | (
                | string
                | {
                    [key: string]: string;
                  }
              )
            | null;
          trigger_config?: {
            [key: string]: unknown;
          } | null;
          /**
           * @deprecated
           * @description An older name of `trigger_config`.
           */
          triggerConfig?: {
            [key: string]: unknown;
          } | null;
          user_id?: string | null;
          /**
           * @deprecated
           * @description An older name of `toolkit_versions`.
           */
          version?:
            | (
                | string
                | {
                    [key: string]: string;
                  }
              )
            | null;
        };
      };
    };
    responses: {
      /** @description It was there already, and is enabled. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @deprecated */
            deprecated: {
              uuid: string;
            };
            trigger_id: string;
          };
        };
      };
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @deprecated */
            deprecated: {
              uuid: string;
            };
            trigger_id: string;
          };
        };
      };
    };
  };
  listTriggers: {
    parameters: {
      query?: {
        auth_config_ids?: string | string[];
        /** @description An older name of `auth_config_ids`. */
        authConfigIds?: string | string[];
        connected_account_ids?: string | string[];
        /** @description An older name of `connected_account_ids`. */
        connectedAccountIds?: string | string[];
        cursor?: string;
        /** @description An older name of `auth_config_ids`. */
        deprecatedAuthConfigUuids?: string | string[];
        /** @description An older name of `connected_account_ids`. */
        deprecatedConnectedAccountUuids?: string | string[];
        /** @description Only those that are disabled for one of these. */
        disabled_reasons?: (
          | 'by_developer'
          | 'account_disabled'
          | 'connection_expired'
          | 'webhook_refresh_failed'
          | 'unhealthy_polling'
        )[];
        limit?: number | null;
        show_disabled?: boolean | null;
        /** @description An older name of `show_disabled`. */
        showDisabled?: boolean | null;
        toolkit_slugs?: string[];
        trigger_ids?: string | string[];
        trigger_names?: string[];
        /** @description An older name of `trigger_ids`. */
        triggerIds?: string | string[];
        /** @description An older name of `trigger_names`. */
        triggerNames?: string[];
        user_ids?: string | string[];
        /** @description An older name of `user_ids`. */
        userIds?: string | string[];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['TriggerInstance'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  deleteTrigger: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The trigger instance, `ti_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            trigger_id: string;
          };
        };
      };
    };
  };
  setTriggerStatus: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The trigger instance, `ti_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "status": "disable"
         *     }
         */
        'application/json': {
          /** @enum {string} */
          status: 'enable' | 'disable';
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'success';
          };
        };
      };
    };
  };
  listTriggerTypes: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
        toolkit_slugs?: string | string[];
        toolkit_versions?:
          | ''
          | string
          | {
              [key: string]: string;
            };
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['TriggerType'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  getTriggerType: {
    parameters: {
      query?: {
        toolkit_versions?:
          | ''
          | string
          | {
              [key: string]: string;
            };
      };
      header?: never;
      path: {
        /** @description Its slug, in either case, or one that it had before. */
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TriggerType'];
        };
      };
    };
  };
  listTriggerTypeSlugs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string[];
        };
      };
    };
  };
  listTriggerEvents: {
    parameters: {
      query?: {
        connected_account_ids?: string[];
        cursor?: string;
        event_types?: (
          | 'composio.trigger.message'
          | 'composio.connected_account.expired'
          | 'composio.connected_account.activated'
          | 'composio.toolkit.changes_held_back'
          | 'composio.session.approval_wanted'
          | 'composio.trigger.disabled'
        )[];
        /** @description Epoch milliseconds: only those that were stored from then on. */
        from?: number;
        limit?: number | null;
        /** @description A part of the data, in any case, or an id. */
        search?: string;
        /** @description Epoch milliseconds: only those that were stored before. */
        to?: number;
        trigger_ids?: string[];
        /** @description In any case. */
        trigger_slugs?: string[];
        user_ids?: string[];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['TriggerEvent'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
          };
        };
      };
    };
  };
  getTriggerEvent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The event, `log_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TriggerEventDetail'];
        };
      };
    };
  };
  tailTriggerEvents: {
    parameters: {
      query?: {
        connected_account_ids?: string | string[];
        /** @description As `composio.trigger.message`. */
        event_types?: string | string[];
        /** @description In any case. */
        toolkit_slugs?: string | string[];
        trigger_ids?: string | string[];
        /** @description In any case. */
        trigger_slugs?: string | string[];
        user_ids?: string | string[];
      };
      header?: {
        /** @description The id of the last event that came, as `log_…`. */
        'last-event-id'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events, until either side ends it. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': unknown;
        };
      };
    };
  };
  listWebhookDeliveries: {
    parameters: {
      query?: {
        cursor?: string;
        event_ids?: string[];
        event_types?: (
          | 'composio.trigger.message'
          | 'composio.connected_account.expired'
          | 'composio.connected_account.activated'
          | 'composio.toolkit.changes_held_back'
          | 'composio.session.approval_wanted'
          | 'composio.trigger.disabled'
        )[];
        /** @description Epoch milliseconds: only those that were made from then on. */
        from?: number;
        limit?: number | null;
        status?: ('waiting' | 'delivered' | 'failed')[];
        /** @description Epoch milliseconds: only those that were made before. */
        to?: number;
        trigger_ids?: string[];
        trigger_slugs?: string[];
        user_ids?: string[];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['WebhookDelivery'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
          };
        };
      };
    };
  };
  getWebhookDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The delivery, by the header webhook-id. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryDetail'];
        };
      };
    };
  };
  resendWebhookDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The delivery, or the event. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDelivery'];
        };
      };
    };
  };
  listWebhookEndpoints: {
    parameters: {
      query?: {
        toolkit_slug?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @description Of the OAuth app that posts here. */
              client_id: string | null;
              id: string;
              toolkit_slug: string;
            }[];
          };
        };
      };
    };
  };
  createWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "toolkit_slug": "slack",
         *       "client_id": "12345.67890"
         *     }
         */
        'application/json': {
          client_id: string;
          toolkit_slug: string;
        };
      };
    };
    responses: {
      /** @description It was there already, and is as it was. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
    };
  };
  getWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook endpoint, `we_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
    };
  };
  replaceWebhookEndpointData: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook endpoint, `we_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "data": {
         *         "webhook_signing_secret": "8f742231b10e8888abcd99yyyzzz85a5"
         *       }
         *     }
         */
        'application/json': {
          data: {
            [key: string]: string;
          };
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
    };
  };
  deleteWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook endpoint, `we_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @constant */
            success: true;
          };
        };
      };
    };
  };
  updateWebhookEndpointData: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook endpoint, `we_…`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "data": {
         *         "webhook_signing_secret": "8f742231b10e8888abcd99yyyzzz85a5"
         *       }
         *     }
         */
        'application/json': {
          data: {
            [key: string]: string;
          };
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
    };
  };
  getWebhookEndpointSchema: {
    parameters: {
      query: {
        toolkit_slug: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            setup_fields: {
              [key: string]: {
                description: string;
                display_name: string;
                is_required: boolean;
                is_secret: boolean;
              };
            };
            toolkit_slug: string;
          };
        };
      };
    };
  };
  listWebhookSubscriptions: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number | null;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            current_page: number;
            items: components['schemas']['WebhookSubscription'][];
            /** @description The `cursor` of the next page; null on the last one. */
            next_cursor: string | null;
            total_items: number;
            total_pages: number;
          };
        };
      };
    };
  };
  createWebhookSubscription: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same request is carried out once, and answered alike, however often it is sent. */
        'idempotency-key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "webhook_url": "https://app.example.com/hooks/patchbay",
         *       "enabled_events": [
         *         "composio.trigger.message"
         *       ]
         *     }
         */
        'application/json': {
          /** @description Which events are told. GET /webhook_subscriptions/event_types has them all. */
          enabled_events: (
            | 'composio.trigger.message'
            | 'composio.connected_account.expired'
            | 'composio.connected_account.activated'
            | 'composio.toolkit.changes_held_back'
            | 'composio.session.approval_wanted'
            | 'composio.trigger.disabled'
          )[];
          /**
           * @description The form of what is posted.
           * @default V3
           * @enum {string}
           */
          version?: 'V1' | 'V2' | 'V3';
          /**
           * Format: uri
           * @description Where events are posted to: https.
           */
          webhook_url: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookSubscription'];
        };
      };
    };
  };
  getWebhookSubscription: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The subscription. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookSubscription'];
        };
      };
    };
  };
  deleteWebhookSubscription: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The subscription. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            success: boolean;
          };
        };
      };
    };
  };
  updateWebhookSubscription: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The subscription. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "version": "V3"
         *     }
         */
        'application/json': {
          /** @description Which events are told. GET /webhook_subscriptions/event_types has them all. */
          enabled_events?: (
            | 'composio.trigger.message'
            | 'composio.connected_account.expired'
            | 'composio.connected_account.activated'
            | 'composio.toolkit.changes_held_back'
            | 'composio.session.approval_wanted'
            | 'composio.trigger.disabled'
          )[];
          /**
           * @description The form of what is posted.
           * @enum {string}
           */
          version?: 'V1' | 'V2' | 'V3';
          /**
           * Format: uri
           * @description Where events are posted to: https.
           */
          webhook_url?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookSubscription'];
        };
      };
    };
  };
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The subscription. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            secret: string;
          };
        };
      };
    };
  };
  listWebhookEventTypes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              description: string;
              event_type: string;
              supported_versions: ('V1' | 'V2' | 'V3')[];
            }[];
          };
        };
      };
    };
  };
  getLiveness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'ok';
          };
        };
      };
    };
  };
  getReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Readiness'];
        };
      };
    };
  };
  registerOAuthClient: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          client_name?: string;
          redirect_uris: string[];
        };
      };
    };
    responses: {
      /** @description The client. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            client_id: string;
            client_id_issued_at: number;
            client_name: string;
            grant_types: string[];
            redirect_uris: string[];
            response_types: string[];
            scope: string;
            /** @constant */
            token_endpoint_auth_method: 'none';
          };
        };
      };
    };
  };
  revokeToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          token: string;
        };
      };
    };
    responses: {
      /** @description It does not work any more. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
    };
  };
  exchangeToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded':
          | {
              client_id: string;
              code: string;
              code_verifier: string;
              /** @constant */
              grant_type: 'authorization_code';
              redirect_uri: string;
              resource?: string;
            }
          | {
              client_id: string;
              /** @constant */
              grant_type: 'refresh_token';
              refresh_token: string;
              resource?: string;
            };
      };
    };
    responses: {
      /** @description Tokens. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            access_token: string;
            expires_in: number;
            refresh_token: string;
            scope: string;
            /** @constant */
            token_type: 'Bearer';
          };
        };
      };
    };
  };
}

/** How each operation is sent. */

export const routes = {
  approveCustomToolkit: {
    method: 'post',
    path: '/api/v3.1/custom/toolkits/{slug}/approve',
    takesIdempotencyKey: false,
    body: 'none',
  },
  attachSession: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/attach',
    takesIdempotencyKey: false,
    body: 'json',
  },
  authorizeCliRealtime: {
    method: 'post',
    path: '/api/v3.1/cli/realtime/auth',
    takesIdempotencyKey: false,
    body: 'json',
  },
  authorizeRealtime: {
    method: 'post',
    path: '/api/v3.1/internal/sdk/realtime/auth',
    takesIdempotencyKey: false,
    body: 'json',
  },
  beginIncident: {
    method: 'post',
    path: '/api/v3.1/org/incidents',
    takesIdempotencyKey: false,
    body: 'json',
  },
  beginSignInByProvider: {
    method: 'post',
    path: '/api/v3.1/console/sign-in/oidc/begin',
    takesIdempotencyKey: false,
    body: 'json',
  },
  checkAuthConfig: {
    method: 'post',
    path: '/api/v3.1/auth_configs/{id}/check',
    takesIdempotencyKey: false,
    body: 'none',
  },
  completeAccountAuth: {
    method: 'post',
    path: '/api/v3.1/connected_accounts/complete_auth',
    takesIdempotencyKey: false,
    body: 'json',
  },
  countDeadLetters: {
    method: 'get',
    path: '/api/v3.1/org/dead_letters',
    takesIdempotencyKey: false,
    body: 'none',
  },
  createApiKey: {
    method: 'post',
    path: '/api/v3.1/org/owner/project/{id}/api_keys',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createAuthConfig: {
    method: 'post',
    path: '/api/v3.1/auth_configs',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createCliSession: {
    method: 'post',
    path: '/api/v3.1/cli/create-session',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createConnectLink: {
    method: 'post',
    path: '/api/v3.1/connected_accounts/link',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createConnectedAccount: {
    method: 'post',
    path: '/api/v3.1/connected_accounts',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createCustomMcpServer: {
    method: 'post',
    path: '/api/v3.1/mcp/servers/custom',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createMcpAccessCode: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/mcp_access_codes',
    takesIdempotencyKey: false,
    body: 'none',
  },
  createMcpInstance: {
    method: 'post',
    path: '/api/v3.1/mcp/servers/{id}/instances',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createMcpServer: {
    method: 'post',
    path: '/api/v3.1/mcp/servers',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createMcpUrls: {
    method: 'post',
    path: '/api/v3.1/mcp/servers/generate',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createMountDownloadUrl: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/mounts/{mountId}/download_url',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createMountUploadUrl: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/mounts/{mountId}/upload_url',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createOwnKey: { method: 'post', path: '/api/v3.1/me/keys', takesIdempotencyKey: false, body: 'json' },
  createPerson: { method: 'post', path: '/api/v3.1/org/people', takesIdempotencyKey: false, body: 'json' },
  createProject: {
    method: 'post',
    path: '/api/v3.1/org/owner/project/new',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createSession: {
    method: 'post',
    path: '/api/v3.1/tool_router/session',
    takesIdempotencyKey: true,
    body: 'json',
  },
  createSessionConfig: {
    method: 'post',
    path: '/api/v3.1/session_configs',
    takesIdempotencyKey: true,
    body: 'json',
  },
  createSessionLink: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/link',
    takesIdempotencyKey: true,
    body: 'json',
  },
  createSignInLink: {
    method: 'post',
    path: '/api/v3.1/org/people/{id}/sign-in-link',
    takesIdempotencyKey: false,
    body: 'none',
  },
  createUserKey: {
    method: 'post',
    path: '/api/v3.1/org/people/{id}/keys',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createWebhookEndpoint: {
    method: 'post',
    path: '/api/v3.1/webhook_endpoints',
    takesIdempotencyKey: false,
    body: 'json',
  },
  createWebhookSubscription: {
    method: 'post',
    path: '/api/v3.1/webhook_subscriptions',
    takesIdempotencyKey: true,
    body: 'json',
  },
  deleteAuthConfig: {
    method: 'delete',
    path: '/api/v3.1/auth_configs/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  deleteConnectedAccount: {
    method: 'delete',
    path: '/api/v3.1/connected_accounts/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  deleteCustomToolkit: {
    method: 'delete',
    path: '/api/v3.1/custom/toolkits/{slug}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  deleteMcpInstance: {
    method: 'delete',
    path: '/api/v3.1/mcp/servers/{id}/instances/{instanceId}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  deleteMcpServer: { method: 'delete', path: '/api/v3.1/mcp/{id}', takesIdempotencyKey: false, body: 'none' },
  deleteMountItem: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/mounts/{mountId}/delete',
    takesIdempotencyKey: false,
    body: 'json',
  },
  deletePerson: {
    method: 'delete',
    path: '/api/v3.1/org/people/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  deleteProject: {
    method: 'delete',
    path: '/api/v3.1/org/owner/project/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  deleteSearchTuning: {
    method: 'delete',
    path: '/api/v3.1/search_tunings/{tool_slug}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  deleteSession: {
    method: 'delete',
    path: '/api/v3.1/tool_router/session/{sessionId}',
    takesIdempotencyKey: true,
    body: 'none',
  },
  deleteTrigger: {
    method: 'delete',
    path: '/api/v3.1/trigger_instances/manage/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  deleteWebhookEndpoint: {
    method: 'delete',
    path: '/api/v3.1/webhook_endpoints/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  deleteWebhookSubscription: {
    method: 'delete',
    path: '/api/v3.1/webhook_subscriptions/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  discardDeadLetter: {
    method: 'delete',
    path: '/api/v3.1/org/dead_letters/{service}/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  endOwnConsoleSession: {
    method: 'delete',
    path: '/api/v3.1/console/sessions/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  endOwnConsoleSessions: {
    method: 'delete',
    path: '/api/v3.1/console/sessions',
    takesIdempotencyKey: false,
    body: 'none',
  },
  exchangeToken: { method: 'post', path: '/oauth/token', takesIdempotencyKey: false, body: 'form' },
  executeSessionMetaTool: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/execute_meta',
    takesIdempotencyKey: true,
    body: 'json',
  },
  executeSessionTool: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/execute',
    takesIdempotencyKey: true,
    body: 'json',
  },
  executeTool: {
    method: 'post',
    path: '/api/v3.1/tools/execute/{slug}',
    takesIdempotencyKey: true,
    body: 'json',
  },
  exportAuditEvents: {
    method: 'get',
    path: '/api/v3.1/logs/audit/export',
    takesIdempotencyKey: false,
    body: 'none',
  },
  exportLogs: {
    method: 'get',
    path: '/api/v3.1/logs/tool_execution/export',
    takesIdempotencyKey: false,
    body: 'none',
  },
  exportOrganisationAuditEvents: {
    method: 'get',
    path: '/api/v3.1/org/logs/audit/export',
    takesIdempotencyKey: false,
    body: 'none',
  },
  generateToolArguments: {
    method: 'post',
    path: '/api/v3.1/tools/execute/{slug}/input',
    takesIdempotencyKey: false,
    body: 'json',
  },
  getActivity: {
    method: 'get',
    path: '/api/v3.1/project/activity',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getApiDocument: { method: 'get', path: '/api/v3.1/openapi.json', takesIdempotencyKey: false, body: 'none' },
  getAuthConfig: {
    method: 'get',
    path: '/api/v3.1/auth_configs/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getAuthorizationServerMetadata: {
    method: 'get',
    path: '/.well-known/oauth-authorization-server',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getCliRealtimeCredentials: {
    method: 'get',
    path: '/api/v3.1/cli/realtime/credentials',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getCliSession: {
    method: 'get',
    path: '/api/v3.1/cli/get-session',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getClientMetadata: {
    method: 'get',
    path: '/api/v3.1/toolkits/auth/issuers/{issuer}/client.json',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getConnectedAccount: {
    method: 'get',
    path: '/api/v3.1/connected_accounts/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getConsoleSession: {
    method: 'get',
    path: '/api/v3.1/console/session',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getCurrentProject: {
    method: 'get',
    path: '/api/v3.1/auth/session/info',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getCustomToolkit: {
    method: 'get',
    path: '/api/v3.1/custom/toolkits/{slug}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getExecution: {
    method: 'get',
    path: '/api/v3.1/internal/action_execution/log/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getIncident: {
    method: 'get',
    path: '/api/v3.1/org/incidents/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getLiveness: { method: 'get', path: '/health/live', takesIdempotencyKey: false, body: 'none' },
  getLog: {
    method: 'get',
    path: '/api/v3.1/logs/tool_execution/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getMcpRegistryServer: {
    method: 'get',
    path: '/api/v3.1/mcp_registries/{registry}/servers/{namespace}/{name}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getMcpServer: { method: 'get', path: '/api/v3.1/mcp/{id}', takesIdempotencyKey: false, body: 'none' },
  getMe: { method: 'get', path: '/api/v3.1/me', takesIdempotencyKey: false, body: 'none' },
  getOrganisationUsageBreakdown: {
    method: 'post',
    path: '/api/v3.1/org/usage/{entityType}',
    takesIdempotencyKey: false,
    body: 'json',
  },
  getOrganisationUsageSummary: {
    method: 'post',
    path: '/api/v3.1/org/usage/summary',
    takesIdempotencyKey: false,
    body: 'json',
  },
  getPerson: { method: 'get', path: '/api/v3.1/org/people/{id}', takesIdempotencyKey: false, body: 'none' },
  getPlayground: { method: 'get', path: '/api/v3.1/playground', takesIdempotencyKey: false, body: 'none' },
  getProject: {
    method: 'get',
    path: '/api/v3.1/org/owner/project/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getProjectSettings: {
    method: 'get',
    path: '/api/v3.1/org/project/config',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getReadiness: { method: 'get', path: '/health/ready', takesIdempotencyKey: false, body: 'none' },
  getRealtimeCredentials: {
    method: 'get',
    path: '/api/v3.1/internal/sdk/realtime/credentials',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getRequiredScopes: {
    method: 'post',
    path: '/api/v3.1/tools/scopes/required',
    takesIdempotencyKey: false,
    body: 'json',
  },
  getSearchTuning: {
    method: 'get',
    path: '/api/v3.1/search_tunings/{tool_slug}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getSession: {
    method: 'get',
    path: '/api/v3.1/tool_router/session/{sessionId}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getSessionConfig: {
    method: 'get',
    path: '/api/v3.1/session_configs/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getSessionResourceMetadata: {
    method: 'get',
    path: '/.well-known/oauth-protected-resource/tool_router/{sessionId}/mcp',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getSessionTimeline: {
    method: 'get',
    path: '/api/v3.1/tool_router/session/{sessionId}/story',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getTool: { method: 'get', path: '/api/v3.1/tools/{slug}', takesIdempotencyKey: false, body: 'none' },
  getToolkit: { method: 'get', path: '/api/v3.1/toolkits/{slug}', takesIdempotencyKey: false, body: 'none' },
  getToolkits: { method: 'post', path: '/api/v3.1/toolkits/multi', takesIdempotencyKey: false, body: 'json' },
  getTriggerEvent: {
    method: 'get',
    path: '/api/v3.1/triggers/events/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getTriggerLog: {
    method: 'get',
    path: '/api/v3.1/internal/trigger/log/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getTriggerType: {
    method: 'get',
    path: '/api/v3.1/triggers_types/{slug}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getUsageBreakdown: {
    method: 'post',
    path: '/api/v3.1/project/usage/{entityType}',
    takesIdempotencyKey: false,
    body: 'json',
  },
  getUsageSummary: {
    method: 'post',
    path: '/api/v3.1/project/usage/summary',
    takesIdempotencyKey: false,
    body: 'json',
  },
  getWebhookDelivery: {
    method: 'get',
    path: '/api/v3.1/webhook_deliveries/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getWebhookEndpoint: {
    method: 'get',
    path: '/api/v3.1/webhook_endpoints/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getWebhookEndpointSchema: {
    method: 'get',
    path: '/api/v3.1/webhook_endpoints/schema',
    takesIdempotencyKey: false,
    body: 'none',
  },
  getWebhookSubscription: {
    method: 'get',
    path: '/api/v3.1/webhook_subscriptions/{id}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  invitePerson: {
    method: 'post',
    path: '/api/v3.1/org/people/{id}/invitation',
    takesIdempotencyKey: false,
    body: 'json',
  },
  listAuditEvents: { method: 'get', path: '/api/v3.1/logs/audit', takesIdempotencyKey: false, body: 'none' },
  listAuthConfigs: {
    method: 'get',
    path: '/api/v3.1/auth_configs',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listConnectedAccounts: {
    method: 'get',
    path: '/api/v3.1/connected_accounts',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listConsoleSessions: {
    method: 'get',
    path: '/api/v3.1/console/sessions',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listCustomToolkitChanges: {
    method: 'get',
    path: '/api/v3.1/custom/toolkits/{slug}/changes',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listCustomToolkits: {
    method: 'get',
    path: '/api/v3.1/custom/toolkits',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listDeadLetters: {
    method: 'get',
    path: '/api/v3.1/org/dead_letters/{service}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listExecutionFields: {
    method: 'get',
    path: '/api/v3.1/internal/action_execution/fields',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listExecutions: {
    method: 'post',
    path: '/api/v3.1/internal/action_execution/logs',
    takesIdempotencyKey: false,
    body: 'json',
  },
  listFiles: { method: 'get', path: '/api/v3.1/files/list', takesIdempotencyKey: false, body: 'none' },
  listGrantContexts: {
    method: 'get',
    path: '/api/v3.1/toolkits/{slug}/scopes/grant_context',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listIncidents: { method: 'get', path: '/api/v3.1/org/incidents', takesIdempotencyKey: false, body: 'none' },
  listLogs: {
    method: 'post',
    path: '/api/v3.1/logs/tool_execution',
    takesIdempotencyKey: false,
    body: 'json',
  },
  listMcpClientSetups: {
    method: 'get',
    path: '/api/v3.1/tool_router/session/{sessionId}/mcp_clients',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listMcpInstances: {
    method: 'get',
    path: '/api/v3.1/mcp/servers/{id}/instances',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listMcpRegistries: {
    method: 'get',
    path: '/api/v3.1/mcp_registries',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listMcpServers: { method: 'get', path: '/api/v3.1/mcp/servers', takesIdempotencyKey: false, body: 'none' },
  listMcpServersOfToolkit: {
    method: 'get',
    path: '/api/v3.1/mcp/app/{toolkit}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listMountItems: {
    method: 'get',
    path: '/api/v3.1/tool_router/session/{sessionId}/mounts/{mountId}/items',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listOrganisationAuditEvents: {
    method: 'get',
    path: '/api/v3.1/org/logs/audit',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listOrganisations: { method: 'get', path: '/api/v3.1/org/list', takesIdempotencyKey: false, body: 'none' },
  listOwnProjects: {
    method: 'get',
    path: '/api/v3.1/org/project/list',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listPeople: { method: 'get', path: '/api/v3.1/org/people', takesIdempotencyKey: false, body: 'none' },
  listProjects: {
    method: 'get',
    path: '/api/v3.1/org/owner/project/list',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listRejectedEvents: {
    method: 'get',
    path: '/api/v3.1/org/logs/rejected_events',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listSearchTunings: {
    method: 'get',
    path: '/api/v3.1/search_tunings',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listSearchesWithoutCall: {
    method: 'get',
    path: '/api/v3.1/logs/searches_without_call',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listSessionConfigs: {
    method: 'get',
    path: '/api/v3.1/session_configs',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listSessionFeedback: {
    method: 'get',
    path: '/api/v3.1/tool_router/session/{sessionId}/feedback',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listSessionToolkits: {
    method: 'get',
    path: '/api/v3.1/tool_router/session/{sessionId}/toolkits',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listSessionTools: {
    method: 'get',
    path: '/api/v3.1/tool_router/session/{sessionId}/tools',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listSessionVersions: {
    method: 'get',
    path: '/api/v3.1/tool_router/session/{sessionId}/config_history',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listSessions: {
    method: 'get',
    path: '/api/v3.1/tool_router/session',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listSignInWays: {
    method: 'get',
    path: '/api/v3.1/console/sign-in',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listToolSlugs: { method: 'get', path: '/api/v3.1/tools/enum', takesIdempotencyKey: false, body: 'none' },
  listToolkitCategories: {
    method: 'get',
    path: '/api/v3.1/toolkits/categories',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listToolkitChanges: {
    method: 'get',
    path: '/api/v3.1/toolkits/changelog',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listToolkits: { method: 'get', path: '/api/v3.1/toolkits', takesIdempotencyKey: false, body: 'none' },
  listTools: { method: 'get', path: '/api/v3.1/tools', takesIdempotencyKey: false, body: 'none' },
  listTransferKeys: {
    method: 'get',
    path: '/api/v3.1/keyring/transfer_keys',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listTriggerEvents: {
    method: 'get',
    path: '/api/v3.1/triggers/events',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listTriggerLogs: {
    method: 'post',
    path: '/api/v3.1/internal/trigger/logs',
    takesIdempotencyKey: false,
    body: 'json',
  },
  listTriggerTypeSlugs: {
    method: 'get',
    path: '/api/v3.1/triggers_types/list/enum',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listTriggerTypes: {
    method: 'get',
    path: '/api/v3.1/triggers_types',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listTriggers: {
    method: 'get',
    path: '/api/v3.1/trigger_instances/active',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listWebhookDeliveries: {
    method: 'get',
    path: '/api/v3.1/webhook_deliveries',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listWebhookEndpoints: {
    method: 'get',
    path: '/api/v3.1/webhook_endpoints',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listWebhookEventTypes: {
    method: 'get',
    path: '/api/v3.1/webhook_subscriptions/event_types',
    takesIdempotencyKey: false,
    body: 'none',
  },
  listWebhookSubscriptions: {
    method: 'get',
    path: '/api/v3.1/webhook_subscriptions',
    takesIdempotencyKey: false,
    body: 'none',
  },
  proxyRequest: {
    method: 'post',
    path: '/api/v3.1/tools/execute/proxy',
    takesIdempotencyKey: true,
    body: 'json',
  },
  proxySessionRequest: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/proxy_execute',
    takesIdempotencyKey: true,
    body: 'json',
  },
  readSignInLink: {
    method: 'post',
    path: '/api/v3.1/console/sign-in/link/holder',
    takesIdempotencyKey: false,
    body: 'json',
  },
  recommendScopes: {
    method: 'post',
    path: '/api/v3.1/toolkits/{slug}/scopes/recommended',
    takesIdempotencyKey: false,
    body: 'json',
  },
  refreshConnectedAccount: {
    method: 'post',
    path: '/api/v3.1/connected_accounts/{id}/refresh',
    takesIdempotencyKey: false,
    body: 'json',
  },
  refreshCustomToolkit: {
    method: 'post',
    path: '/api/v3.1/custom/toolkits/{slug}/refresh',
    takesIdempotencyKey: false,
    body: 'none',
  },
  refuseCustomToolkit: {
    method: 'post',
    path: '/api/v3.1/custom/toolkits/{slug}/refuse',
    takesIdempotencyKey: false,
    body: 'none',
  },
  registerOAuthClient: { method: 'post', path: '/oauth/register', takesIdempotencyKey: false, body: 'json' },
  replaceWebhookEndpointData: {
    method: 'post',
    path: '/api/v3.1/webhook_endpoints/{id}',
    takesIdempotencyKey: false,
    body: 'json',
  },
  requestFileUpload: {
    method: 'post',
    path: '/api/v3.1/files/upload/request',
    takesIdempotencyKey: false,
    body: 'json',
  },
  resendDeadLetter: {
    method: 'post',
    path: '/api/v3.1/org/dead_letters/{service}/{id}/resend',
    takesIdempotencyKey: false,
    body: 'none',
  },
  resendWebhookDelivery: {
    method: 'post',
    path: '/api/v3.1/webhook_deliveries/{id}/resend',
    takesIdempotencyKey: false,
    body: 'none',
  },
  resolveHomeProject: {
    method: 'post',
    path: '/api/v3.1/org/consumer/project/resolve',
    takesIdempotencyKey: false,
    body: 'none',
  },
  revokeApiKey: {
    method: 'delete',
    path: '/api/v3.1/org/owner/project/{id}/api_keys/{keyId}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  revokeConnectedAccount: {
    method: 'post',
    path: '/api/v3.1/connected_accounts/{id}/revoke',
    takesIdempotencyKey: false,
    body: 'none',
  },
  revokeLeakedKeys: {
    method: 'post',
    path: '/api/v3.1/api_key_revocation',
    takesIdempotencyKey: false,
    body: 'json',
  },
  revokeMcpAccess: {
    method: 'delete',
    path: '/api/v3.1/tool_router/session/{sessionId}/mcp_access',
    takesIdempotencyKey: false,
    body: 'none',
  },
  revokeOwnKey: {
    method: 'delete',
    path: '/api/v3.1/me/keys/{keyId}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  revokeToken: { method: 'post', path: '/oauth/revoke', takesIdempotencyKey: false, body: 'form' },
  revokeUserKey: {
    method: 'delete',
    path: '/api/v3.1/org/people/{id}/keys/{keyId}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  rotateApiKeys: {
    method: 'post',
    path: '/api/v3.1/org/owner/project/{id}/regenerate_api_key',
    takesIdempotencyKey: false,
    body: 'none',
  },
  rotateWebhookSecret: {
    method: 'post',
    path: '/api/v3.1/webhook_subscriptions/{id}/rotate_secret',
    takesIdempotencyKey: false,
    body: 'none',
  },
  runPlayground: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/playground',
    takesIdempotencyKey: false,
    body: 'json',
  },
  searchMcpRegistry: {
    method: 'get',
    path: '/api/v3.1/mcp_registries/{registry}/servers',
    takesIdempotencyKey: false,
    body: 'none',
  },
  searchSessionTools: {
    method: 'post',
    path: '/api/v3.1/tool_router/session/{sessionId}/search',
    takesIdempotencyKey: false,
    body: 'json',
  },
  setAuthConfigStatus: {
    method: 'patch',
    path: '/api/v3.1/auth_configs/{id}/{status}',
    takesIdempotencyKey: false,
    body: 'none',
  },
  setConnectedAccountStatus: {
    method: 'patch',
    path: '/api/v3.1/connected_accounts/{id}/status',
    takesIdempotencyKey: false,
    body: 'json',
  },
  setOwnPassword: { method: 'put', path: '/api/v3.1/me/password', takesIdempotencyKey: false, body: 'json' },
  setSearchTuning: {
    method: 'put',
    path: '/api/v3.1/search_tunings/{tool_slug}',
    takesIdempotencyKey: false,
    body: 'json',
  },
  setTriggerStatus: {
    method: 'patch',
    path: '/api/v3.1/trigger_instances/manage/{id}',
    takesIdempotencyKey: false,
    body: 'json',
  },
  signInByLink: {
    method: 'post',
    path: '/api/v3.1/console/sign-in/link',
    takesIdempotencyKey: false,
    body: 'json',
  },
  signInByPassword: {
    method: 'post',
    path: '/api/v3.1/console/sign-in/password',
    takesIdempotencyKey: false,
    body: 'json',
  },
  signInByProvider: {
    method: 'post',
    path: '/api/v3.1/console/sign-in/oidc',
    takesIdempotencyKey: false,
    body: 'json',
  },
  signOut: { method: 'delete', path: '/api/v3.1/console/session', takesIdempotencyKey: false, body: 'none' },
  syncCustomToolkit: {
    method: 'post',
    path: '/api/v3.1/custom/toolkits/sync',
    takesIdempotencyKey: false,
    body: 'json',
  },
  tailLogs: {
    method: 'get',
    path: '/api/v3.1/logs/tool_execution/tail',
    takesIdempotencyKey: false,
    body: 'none',
  },
  tailTriggerEvents: {
    method: 'get',
    path: '/api/v3.1/triggers/events/tail',
    takesIdempotencyKey: false,
    body: 'none',
  },
  updateAuthConfig: {
    method: 'patch',
    path: '/api/v3.1/auth_configs/{id}',
    takesIdempotencyKey: false,
    body: 'json',
  },
  updateConnectedAccount: {
    method: 'patch',
    path: '/api/v3.1/connected_accounts/{id}',
    takesIdempotencyKey: false,
    body: 'json',
  },
  updateMcpServer: { method: 'patch', path: '/api/v3.1/mcp/{id}', takesIdempotencyKey: false, body: 'json' },
  updatePerson: {
    method: 'patch',
    path: '/api/v3.1/org/people/{id}',
    takesIdempotencyKey: false,
    body: 'json',
  },
  updateProjectSettings: {
    method: 'patch',
    path: '/api/v3.1/org/project/config',
    takesIdempotencyKey: false,
    body: 'json',
  },
  updateSession: {
    method: 'patch',
    path: '/api/v3.1/tool_router/session/{sessionId}',
    takesIdempotencyKey: true,
    body: 'json',
  },
  updateSessionConfig: {
    method: 'patch',
    path: '/api/v3.1/session_configs/{id}',
    takesIdempotencyKey: true,
    body: 'json',
  },
  updateWebhookEndpointData: {
    method: 'patch',
    path: '/api/v3.1/webhook_endpoints/{id}',
    takesIdempotencyKey: false,
    body: 'json',
  },
  updateWebhookSubscription: {
    method: 'patch',
    path: '/api/v3.1/webhook_subscriptions/{id}',
    takesIdempotencyKey: false,
    body: 'json',
  },
  upsertCustomToolkit: {
    method: 'post',
    path: '/api/v3.1/custom/toolkits/upsert',
    takesIdempotencyKey: false,
    body: 'json',
  },
  upsertTrigger: {
    method: 'post',
    path: '/api/v3.1/trigger_instances/{slug}/upsert',
    takesIdempotencyKey: false,
    body: 'json',
  },
} as const;

/** The names of all refusals. */

export type ErrorSlug =
  | 'APIKey_InsufficientPermissions'
  | 'ActionExecute_ConnectedAccountEntityIdMismatch'
  | 'ActionExecute_ConnectedAccountNotFound'
  | 'ConnectedAccount_AccessDenied'
  | 'ConnectedAccount_BadRequest'
  | 'ConnectedAccount_ResourceNotFound'
  | 'ExternalProxy_MissingAuthContext'
  | 'ExternalProxy_OriginMismatch'
  | 'ExternalProxy_ProviderTimeout'
  | 'ExternalProxy_ProviderUnreachable'
  | 'ExternalProxy_SSRFBlocked'
  | 'Files_TooLarge'
  | 'HTTP_BadRequest'
  | 'HTTP_Conflict'
  | 'HTTP_InternalServerError'
  | 'HTTP_NotFound'
  | 'HTTP_NotImplemented'
  | 'HTTP_PayloadTooLarge'
  | 'HTTP_RequestHeaderFieldsTooLarge'
  | 'HTTP_RequestTimeout'
  | 'HTTP_ServiceUnavailable'
  | 'HTTP_TooManyRequests'
  | 'HTTP_Unauthorized'
  | 'HTTP_UnprocessableEntity'
  | 'HTTP_UnsupportedMediaType'
  | 'ToolRouterV2_BadRequest'
  | 'ToolRouterV2_InternalServerError'
  | 'ToolRouterV2_InvalidConnectedAccountIds'
  | 'ToolRouterV2_InvalidToolkitSlugs'
  | 'ToolRouterV2_NoActiveConnection'
  | 'ToolRouterV2_NoManagedAuth'
  | 'ToolRouterV2_PermissionDenied'
  | 'ToolRouterV2_PermissionRequired'
  | 'ToolRouterV2_SandboxLimit'
  | 'ToolRouterV2_SandboxLost'
  | 'ToolRouterV2_SessionNotFound'
  | 'ToolRouterV2_ToolNotFound'
  | 'ToolRouterV2_ToolNotInEnabledList'
  | 'ToolRouterV2_ToolkitNotAllowed'
  | 'ToolRouterV2_ToolkitsIsNoAuth'
  | 'Tool_Deprecated'
  | 'Tool_ToolNotFound'
  | 'Toolkit_ToolkitNotFound'
  | 'TriggerInstance_ProviderRefused'
  | 'TriggerType_NotFound';
