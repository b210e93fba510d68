export declare function runMain(work: () => Promise<number | undefined> | number | undefined | Promise<void> | void): Promise<void>;
export declare function withoutStrayListeners<T>(operation: () => Promise<T>): Promise<T>;
