import{a}from"./chunk-4LQ2CYOE.js";import"./chunk-MPFODTAR.js";import"./chunk-XE75TDAC.js";export{a as Relations};
