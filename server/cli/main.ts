import template from "#rubric/templates/wilson-hine.json" with { type: "json" };

console.log(template.id ?? "placeholder", process.argv.slice(2));
