interface Drawing {
  folders: string[];
  edges: [from: string, to: string][];
}

export interface FolderGraph extends Drawing {
  service: string;
  /** Of its picture, from the root. */
  path: string;
}

export declare function folderGraphs(): FolderGraph[];
export declare function draw(graph: FolderGraph): Promise<string>;
export declare function readDrawing(svg: string): Drawing;
