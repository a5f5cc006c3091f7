import { placementChanges } from '../../state/image.js';
import { element, button } from '../parts/dom.js';
import { icon } from '../parts/icons.js';
import { PhotoLayer } from './layer.js';
import { placeNew } from './place-new.js';
import { PhotoSources, picturesIn } from './sources.js';
import { takePhoto } from './take-photo.js';
import { PhotoTool } from './tool.js';
import { WORDS } from './words.js';

/** The photos of a graph: shows them, adds new ones, and lets the student place them. */
export class Photos {
  #editing;
  #layer;
  #tool;
  #removeTool;
  #sources;
  #done;
  #host;
  #message = element('p', { class: 'graph-photo-message', role: 'alert', hidden: true });
  #hint = element('p', { class: 'graph-photo-message', hidden: true });
  #isGone = false;

  /** @param {import('../editing.js').Editing} editing */
  constructor(editing) {
    this.#editing = editing;
    const { plane } = editing;
    this.#layer = new PhotoLayer(plane, editing.images.resolve);
    this.#tool = new PhotoTool(editing, this.#layer, () => this.#finish());
    this.#removeTool = plane.use(this.#tool);
    this.#sources = new PhotoSources(
      {
        add: (files) => void this.#addAll(files),
        tell: (text) => this.#tell(text),
      },
      WORDS,
    );
    this.#done = button(
      'graph-bar-button graph-bar-button-strong',
      'Done: lock the photo in place',
      () => this.#finish(),
      icon('done'),
      'Done',
    );
    this.#hint.textContent = matchMedia('(pointer: coarse)').matches ? WORDS.placeByTouch : WORDS.place;
    plane.bar.append(this.#sources.element, this.#done);
    editing.offer({ label: 'Photo', picture: 'photo', run: () => this.#sources.open() });
    plane.over.append(this.#hint, this.#message);
    this.#host = plane.element.closest('.graph') ?? plane.element;
    document.addEventListener('paste', this.#onPaste, { capture: true });
    plane.element.addEventListener('dragover', this.#onDragOver);
    plane.element.addEventListener('dragleave', this.#onDragLeave);
    plane.element.addEventListener('drop', this.#onDrop);
    plane.element.addEventListener('pointerdown', this.#onPointerDown);
  }

  show() {
    this.#layer.show(this.#editing.scene.photos);
    this.selected();
  }

  selected() {
    const isPlacing = this.#tool.photo !== undefined;
    this.#sources.element.hidden = this.#editing.readOnly;
    this.#done.hidden = !isPlacing;
    this.#hint.hidden = !isPlacing;
    this.#editing.plane.repaint();
  }

  destroy() {
    this.#isGone = true;
    document.removeEventListener('paste', this.#onPaste, { capture: true });
    this.#removeTool();
    this.#tool.destroy();
    this.#layer.destroy();
  }

  /** Ends the placing of the selected photo: from now on a drag moves the plane. */
  #finish() {
    const { photo } = this.#tool;
    if (!photo) return;
    this.#editing.document.update(photo.key, { draggable: false });
    this.#editing.select(null);
    this.#editing.changed();
    this.#editing.plane.focus();
    this.#editing.announce(WORDS.done);
  }

  /**
   * @param {readonly File[]} files
   * @param {{x: number, y: number}} [at] in plane units
   */
  async #addAll(files, at) {
    for (const file of files) await this.#add(file, at);
  }

  /**
   * @param {File} file
   * @param {{x: number, y: number}} [at] in plane units
   */
  async #add(file, at) {
    if (this.#editing.readOnly) return;
    this.#tell(WORDS.opening, 'status');
    try {
      const taken = await takePhoto(file, this.#editing.images.keep);
      if (this.#isGone || this.#editing.readOnly) return;
      this.#tell(taken.moved ? WORDS.moved : '');
      this.#insert(taken, at);
    } catch (error) {
      this.#tell(error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * @param {import('./take-photo.js').TakenPhoto} taken
   * @param {{x: number, y: number}} [at] in plane units
   */
  #insert({ url, name, ...picture }, at) {
    const { document, plane, restructured, select, announce } = this.#editing;
    const placement = placeNew(picture, plane, at);
    const how = { degreeMode: document.settings.degreeMode, grain: this.#tool.grain };
    const free = /** @type {const} */ (['center', 'size']);
    const { width, height, center } = placementChanges({ free: new Set(free) }, placement, how);
    const key = document.insert(document.entries.length, {
      type: 'image',
      image_url: url,
      name,
      width,
      height,
      center,
      draggable: true,
    });
    restructured();
    select(key);
    plane.focus();
    announce(WORDS.placed);
  }

  /**
   * @param {string} text empty clears the message
   * @param {'alert' | 'status'} role
   */
  #tell(text, role = 'alert') {
    const close = button('graph-photo-close', 'Close', () => this.#tell(''), icon('remove'));
    this.#message.setAttribute('role', role);
    this.#message.hidden = text === '';
    this.#message.replaceChildren(...(text ? [text, ...(role === 'alert' ? [close] : [])] : []));
  }

  /** Adds an image pasted anywhere except into a text field outside the grapher. */
  #onPaste = (/** @type {ClipboardEvent} */ event) => {
    const isMeant =
      event.target === document.body || (event.target instanceof Node && this.#host.contains(event.target));
    const pictures = isMeant && !this.#editing.readOnly ? picturesIn(event.clipboardData) : [];
    if (pictures.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    void this.#addAll(pictures);
  };

  #onDragOver = (/** @type {DragEvent} */ event) => {
    if (this.#editing.readOnly || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.#editing.plane.element.classList.add('graph-plane-drop');
  };

  #onDragLeave = () => this.#editing.plane.element.classList.remove('graph-plane-drop');

  #onDrop = (/** @type {DragEvent} */ event) => {
    this.#onDragLeave();
    const files = this.#editing.readOnly ? [] : [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    const { plane } = this.#editing;
    const { left, top } = plane.element.getBoundingClientRect();
    void this.#addAll(files, plane.toPlane({ x: event.clientX - left, y: event.clientY - top }));
  };

  #onPointerDown = (/** @type {PointerEvent} */ { target }) => {
    if (target instanceof Node && !this.#sources.element.contains(target)) this.#sources.close();
  };
}
