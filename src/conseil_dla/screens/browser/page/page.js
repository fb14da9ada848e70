"use strict";
// What textual_serve's page script does not do: French endings, keys that a browser would keep, letters loaded first.
(() => {
  const USUAL_SIZE = 16;
  const LARGEST_MESSAGE = 1000000;
  const RESTART = "lancez de nouveau « conseil-dla servir », puis ouvrez l’adresse qu’il donne.";
  const SAVED = "Vos réponses étaient enregistrées à mesure.";
  // By the code with which the connection ends (serving/session.py): title, sentence, is there something to begin again?
  const ENDINGS = {
    1000: ["Conseil DLA est fermé", `${SAVED} Vous pouvez fermer cet onglet.`, true],
    1001: ["Le programme a été arrêté", `${SAVED} Pour recommencer, ${RESTART}`, false],
    1009: ["Ce texte est trop long", SAVED, true],
    4001: ["Trop d’écrans sont ouverts", "Fermez-en un, puis recommencez.", true],
    4002: ["Les écrans se sont arrêtés", `${SAVED} La cause est écrite dans la fenêtre de « conseil-dla servir ».`, true],
    4003: ["Cet onglet n’a pas été compris", SAVED, true],
    4004: ["Cette adresse ne suffit pas", `Ouvrez l’adresse entière, celle que « conseil-dla servir » a écrite en démarrant. Elle change à chaque démarrage, et chaque onglet la demande une fois.`, false],
  };
  const NOT_ADMITTED = 4004;
  const LOST = ["La liaison avec le programme est coupée", `${SAVED} Si « Recommencer » ne mène à rien : ${RESTART}`, true];

  // What lets in: the word after « # », that no server is sent, then the key that this tab gets for it. What is kept for
  // the session is this tab's and this port's alone; a cookie would go to every server of 127.0.0.1.
  const KEY = "cle";
  let word = "";
  function takeWord() {
    word = new URLSearchParams(location.hash.slice(1)).get("jeton") ?? "";
    if (location.hash) {
      history.replaceState(null, "", location.pathname + location.search);
    }
    return word !== "";
  }
  takeWord();
  window.addEventListener("hashchange", () => {
    if (takeWord()) {
      sessionStorage.setItem("mot", word);
      location.reload();
    }
  });
  word ||= sessionStorage.getItem("mot") ?? "";
  sessionStorage.removeItem("mot");

  const byId = (id) => document.getElementById(id);
  const spaced = (text) => text.replaceAll("« ", "«\u00a0").replaceAll(/ (?=[»:;?!])/g, "\u00a0");
  const keyboard = () => document.querySelector(".xterm-helper-textarea");
  const isOver = () => !byId("fin").hidden;

  const terminal = byId("terminal");
  terminal.dataset.fontSize = new URLSearchParams(location.search).get("police") ?? USUAL_SIZE;
  terminal.dataset.sessionWebsocketUrl = `ws://${location.host}/ecran`;

  function tellEnd(code) {
    const [title, sentence, again] = ENDINGS[code] ?? LOST;
    byId("fin-titre").textContent = title;
    byId("fin-phrase").textContent = spaced(sentence);
    byId("recommencer").hidden = !again;
    byId("attente").hidden = true;
    terminal.classList.add("-over");
    byId("fin").hidden = false;
    byId("recommencer").focus();
  }

  function takeKeyboard() {
    keyboard().setAttribute("aria-label", "Écrans de Conseil DLA");
    keyboard().focus();
  }

  // A file that the screens hand over: kept where this browser keeps what it downloads.
  function keepFile(name, content) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes]));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  window.WebSocket = class extends WebSocket {
    constructor(address) {
      super(address);
      this.addEventListener("open", () => {
        super.send(JSON.stringify(["bonjour", word, sessionStorage.getItem(KEY) ?? ""]));
        word = "";
      });
      this.addEventListener("message", (event) => {
        if (typeof event.data === "string" && event.data.startsWith(`["${KEY}"`)) {
          sessionStorage.setItem(KEY, JSON.parse(event.data)[1]);
          event.stopImmediatePropagation();
        } else if (typeof event.data === "string" && event.data.startsWith('["fichier"')) {
          keepFile(...JSON.parse(event.data).slice(1));
          event.stopImmediatePropagation();
        }
      });
      this.addEventListener("close", (event) => tellEnd(event.code));
      this.addEventListener("message", takeKeyboard, { once: true });
    }

    send(message) {
      if (message.length > LARGEST_MESSAGE) {
        window.alert("Ce texte est trop long pour être collé ici.");
      } else if (this.readyState === WebSocket.OPEN) {
        super.send(message);
      }
    }
  };

  // The terminal measures its letters once: they must be there.
  const begin = window.onload;
  window.onload = async (event) => {
    const looks = ["", "bold ", "italic ", "italic bold "];
    await Promise.allSettled(looks.map((look) => document.fonts.load(`${look}16px "Roboto Mono"`, "A\u28ff")));
    if (word || sessionStorage.getItem(KEY)) {
      begin(event);
    } else {
      tellEnd(NOT_ADMITTED);
    }
  };

  byId("recommencer").addEventListener("click", () => location.reload());
  document.addEventListener("mousedown", (event) => {
    if (!isOver() && !event.target.closest(".xterm")) {
      event.preventDefault();
      keyboard()?.focus();
    }
  });

  window.addEventListener(
    "keydown",
    (event) => {
      if (isOver()) {
        return;
      }
      const pastes =
        (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "v") ||
        (event.shiftKey && !event.ctrlKey && event.key === "Insert");
      const isTheBrowsers = event.key === "F11" || event.key === "F12"; // the whole screen, for a projector
      if (pastes || isTheBrowsers) {
        event.stopImmediatePropagation(); // what the browser pastes, the terminal gets
      } else if (document.activeElement !== keyboard()) {
        keyboard()?.focus();
      }
    },
    true,
  );
})();
