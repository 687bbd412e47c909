// The API's description, shown by Swagger UI. Only what reads can be tried: what a page of
// documentation sends must change nothing.
"use strict";

const place = document.getElementById("api");
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  supportedSubmitMethods: ["get"],
  validatorUrl: null, // nothing is asked of another host
});
