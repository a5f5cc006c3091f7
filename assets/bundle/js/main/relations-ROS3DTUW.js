import{a}from"./chunk-FXW5YHOD.js";import"./chunk-TIWCEMHJ.js";import"./chunk-HICZ554G.js";export{a as Relations};
