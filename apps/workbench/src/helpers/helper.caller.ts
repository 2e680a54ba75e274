/** What the helpers of a run may do, and how their calls are put on the record. */
export interface CurrentRun {
  proxyExecution: boolean;
  logId: string;
  storePayloads: boolean;
}

/** The sandbox whose code calls, as far as helpers need it, and the key that its calls are made with. */
export interface HelperCaller {
  workspace: {
    readonly session: { readonly id: string };
    readonly run: CurrentRun;
    readonly mount: {
      keyOf(path: string): string | undefined;
      pushOne(path: string): Promise<void>;
    };
  };
  key: string;
}
