// Passkeys: signs exactly what is to be sealed, and makes a new passkey with an enrolment code.
"use strict";

const bytesOf = (base64url) =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const bytesOfHex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

function base64url(buffer) {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function asJson(credential) {
  const answer = credential.response;
  const response = { clientDataJSON: base64url(answer.clientDataJSON) };
  for (const name of ["authenticatorData", "signature", "userHandle", "attestationObject"]) {
    if (answer[name]) response[name] = base64url(answer[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: base64url(credential.rawId), type: credential.type, response });
}

async function sign(button) {
  const form = button.closest("form");
  if (!form.reportValidity()) return;
  const allowCredentials = button.dataset.credentials.split(" ").map((id) => ({ type: "public-key", id: bytesOf(id) }));
  const publicKey = { challenge: bytesOfHex(button.dataset.passkey), allowCredentials, userVerification: "required" };
  const credential = await navigator.credentials.get({ publicKey });
  form.elements.assertion.value = asJson(credential);
  form.requestSubmit();
}

async function make(button) {
  const form = button.closest("form");
  const encoder = new TextEncoder();
  const challenge = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(form.elements.code.value.trim())));
  const user = { id: encoder.encode(button.dataset.login), name: button.dataset.login, displayName: button.dataset.name };
  const publicKey = {
    challenge, user, rp: { name: button.dataset.product }, attestation: "none",
    pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
    authenticatorSelection: { userVerification: "required" },
  };
  const credential = await navigator.credentials.create({ publicKey });
  form.elements.credential.value = asJson(credential);
  form.requestSubmit();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-passkey], [data-makes-passkey]");
  if (!button) return;
  const says = button.parentElement.querySelector("[role=status]");
  try {
    await (button.hasAttribute("data-passkey") ? sign(button) : make(button));
  } catch (error) {
    if (says) says.textContent = says.dataset.failed;
    console.info(error.name);
  }
});
