import{a}from"./chunk-WVAPXBLR.js";import"./chunk-RMPBLRC4.js";import"./chunk-CKXHTQXI.js";export{a as Relations};
