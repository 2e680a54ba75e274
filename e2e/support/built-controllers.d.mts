export declare const ROOT: string;

export interface Handler {
  /** The folder of its app, which is the service's name. */
  service: string;
  /** `SessionsController.create` */
  name: string;
  controller: object;
  method: object;
}

/** Every method of every controller that the build made, with the metadata that Nest reads. */
export declare function builtHandlers(): Promise<Handler[]>;
