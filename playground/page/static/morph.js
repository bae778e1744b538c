// Turns what stands in an element into other HTML with as few changes as can be: focus, what is being typed,
// open menus and scroll positions stay. Elements with the same data-key are the same thing, those with data-own
// belong to the page's scripts.

const OWN = new Set(["open", "checked", "selected", "aria-expanded", "aria-busy"]);

export function morph(target, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  morphChildren(target, template.content);
}

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key : undefined;
}

function morphChildren(have, want) {
  const keyed = new Map();
  for (const child of have.children) if (keyOf(child)) keyed.set(keyOf(child), child);
  const wantedKeys = new Set([...want.children].map(keyOf).filter(Boolean));
  let cursor = have.firstChild;
  const skipGone = () => {
    while (cursor && keyOf(cursor) && !wantedKeys.has(keyOf(cursor))) cursor = removed(cursor);
  };
  for (const wanted of [...want.childNodes]) {
    skipGone();
    const match = keyOf(wanted) ? keyed.get(keyOf(wanted)) : unkeyedMatch(cursor, wanted);
    if (!match || match.nodeName !== wanted.nodeName) {
      have.insertBefore(document.importNode(wanted, true), cursor);
      continue;
    }
    if (match === cursor) cursor = cursor.nextSibling;
    else have.insertBefore(match, cursor);
    morphNode(match, wanted);
  }
  while (cursor) cursor = removed(cursor);
}

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function unkeyedMatch(cursor, wanted) {
  if (!cursor || keyOf(cursor) || cursor.nodeName !== wanted.nodeName) return null;
  return (cursor.id || "") === (wanted.id || "") ? cursor : null;
}

function morphNode(have, want) {
  if (have.nodeType !== Node.ELEMENT_NODE) {
    if (have.nodeValue !== want.nodeValue) have.nodeValue = want.nodeValue;
    return;
  }
  if ("own" in have.dataset) return;
  if (have.isEqualNode(want) && !isField(have)) return;
  const restore = isField(have) ? fieldKeeper(have, want) : null;
  morphAttributes(have, want);
  morphChildren(have, want);
  restore?.();
}

function isOwn(node, name) {
  const isTyped = node.nodeName === "INPUT" && node.type !== "checkbox" && node.type !== "radio";
  return OWN.has(name) || (name === "value" && isTyped);
}

function morphAttributes(have, want) {
  for (const { name } of [...have.attributes]) {
    if (!want.hasAttribute(name) && !isOwn(have, name)) have.removeAttribute(name);
  }
  for (const { name, value } of [...want.attributes]) {
    if (!isOwn(have, name) && have.getAttribute(name) !== value) have.setAttribute(name, value);
  }
}

function isField(node) {
  return ["INPUT", "TEXTAREA", "SELECT"].includes(node.nodeName);
}

// What a person entered wins, unless the server's own value changed.
function fieldKeeper(have, want) {
  if (have.type === "checkbox" || have.type === "radio") {
    const changed = have.defaultChecked !== want.defaultChecked;
    return () => {
      have.defaultChecked = want.defaultChecked;
      if (changed) have.checked = want.defaultChecked;
    };
  }
  if (have.nodeName === "SELECT") {
    const given = (select) => [...select.options].find((option) => option.defaultSelected)?.value ?? "";
    const [before, after, shown] = [given(have), given(want), have.value];
    return () => {
      for (const [index, option] of [...have.options].entries()) {
        option.defaultSelected = want.options[index].defaultSelected;
      }
      const wished = before === after ? shown : after;
      have.value = [...have.options].some((option) => option.value === wished) ? wished : after;
    };
  }
  const changed = have.defaultValue !== want.defaultValue;
  const shown = have.value;
  const given = want.defaultValue;
  return () => {
    have.defaultValue = given;
    have.value = changed ? given : shown;
  };
}
