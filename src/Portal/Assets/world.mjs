// Draws the countries of Natural Earth (npm world-atlas, public domain) as one SVG file: a path a country, by its ISO code.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { feature, merge } from "topojson-client";

const width = 1000;
const height = 460;
const scale = width / (2 * 2.70663);
const top = 1.3;

export function drawWorld(target) {
  const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-50m.json")));
  const countries = atlas.objects.countries.geometries.filter(g => g.properties.name !== "Antarctica");
  const codes = JSON.parse(readFileSync(new URL("countries.json", import.meta.url)));
  const byCode = new Map();
  for (const country of countries) {
    const code = codes[country.properties.name];
    if (!code) throw new Error(`The atlas has a country without a code: ${country.properties.name}`);
    byCode.set(code, [...(byCode.get(code) ?? []), country]);
  }
  const paths = [...byCode].sort().map(([code, parts]) => `<path id="${code}" d="${draw(merge(atlas, parts))}"/>`);
  const land = `<g id="land">${paths.join("")}</g>`;
  writeFileSync(target, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${land}</svg>`);
}

function draw(shape) {
  const rings = shape.coordinates.flat().map(ring => unwrap(ring).map(project));
  const largest = Math.max(...rings.map(area));
  return rings.filter(r => area(r) > 0.4 || area(r) === largest).map(path).join("");
}

/** The atlas jumps from 180° to −180° inside a country; drawn flat, that would be a line across the world. */
function unwrap(ring) {
  let turn = 0;
  let last = ring[0][0];
  const flat = ring.map(([longitude, latitude]) => {
    if (longitude - last > 180) turn -= 360;
    if (longitude - last < -180) turn += 360;
    last = longitude;
    return [longitude + turn, latitude];
  });
  const middle = flat.reduce((sum, [x]) => sum + x, 0) / flat.length;
  return middle > 180 ? flat.map(([x, y]) => [x - 360, y]) : middle < -180 ? flat.map(([x, y]) => [x + 360, y]) : flat;
}

/** Equal Earth (Šavrič, Patterson, Jenny 2018). */
function project([longitude, latitude]) {
  const t = Math.asin((Math.sqrt(3) / 2) * Math.sin((latitude * Math.PI) / 180));
  const t2 = t * t;
  const t6 = t2 ** 3;
  const x = (2 * Math.sqrt(3) * ((longitude * Math.PI) / 180) * Math.cos(t)) / (3 * (1.340264 + 3 * -0.081106 * t2 + t6 * (7 * 0.000893 + 9 * 0.003796 * t2)));
  const y = t * (1.340264 - 0.081106 * t2 + t6 * (0.000893 + 0.003796 * t2));
  return [width / 2 + x * scale, (top - y) * scale];
}

function area(ring) {
  return Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - y * ring[(i + 1) % ring.length][0], 0)) / 2;
}

/** Points that no screen tells apart are left out, but not of what is hardly larger than a point. */
function path(ring) {
  const least = area(ring) > 4 ? 1.3 : 0.3;
  const kept = [];
  for (const [x, y] of ring) {
    const last = kept.at(-1);
    if (!last || Math.hypot(x - last[0], y - last[1]) >= least) kept.push([+x.toFixed(1), +y.toFixed(1)]);
  }
  return `M${kept.map(p => p.join(" ")).join("L")}Z`;
}
