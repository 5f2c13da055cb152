// The document lies beside /docs, whichever prefix a proxy has put before both.
const directory = new URL(location.pathname.endsWith("/") ? ".." : ".", location.href);
SwaggerUIBundle({
  url: new URL("openapi.json", directory).href,
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null,
});
