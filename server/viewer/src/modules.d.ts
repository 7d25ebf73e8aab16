// The build of MapLibre whose worker is a file of its own: no code from blobs, so a strict policy holds.
declare module 'maplibre-gl/dist/maplibre-gl-csp' {
  export * from 'maplibre-gl';
  export { default } from 'maplibre-gl';
}

declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  const open: (options: Record<string, unknown>) => unknown;
  export default open;
}

// For the tests alone; it comes without types.
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';
  export default class Provider {
    constructor(issuer: string, settings: Record<string, unknown>);
    callback(): RequestListener;
  }
}
